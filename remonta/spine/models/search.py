"""One normalised text per findable thing, with its rights in the row."""

from django.db import models


class SearchEntry(models.Model):
    """A thing that can be found by number, serial, name or phone.

    `text` holds, each between blanks, the normal words it is found by; `centre_id` is the centre whose people may find
    it, 0 where the kind's permission is asked in the whole network. `exact` is its number or serial, `title` and `hint`
    are what a result shows. The text's index is made by `search_index`.
    """

    kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    uid = models.UUIDField()
    centre_id = models.BigIntegerField(default=0)
    title = models.CharField(max_length=200)
    hint = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    exact = models.CharField(max_length=80, blank=True)
    open = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id", "centre_id"], name="search_entry_once")]
        indexes = [models.Index(fields=["exact"], name="search_exact", opclasses=["varchar_pattern_ops"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class SearchPhone(models.Model):
    """A phone number's digits from the last to the first, so that a tail is a prefix."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="phones")
    reversed_digits = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["reversed_digits", "entry"], name="search_phone_tail")]

    def __str__(self) -> str:
        return self.reversed_digits[::-1]


class SearchWord(models.Model):
    """A word of somebody's name with one letter left out (or none): what a mistyped word has in common with it."""

    word = models.CharField(max_length=40)
    variant = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["variant", "word"], name="search_word_once")]

    def __str__(self) -> str:
        return self.word
