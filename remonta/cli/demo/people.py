"""Invented customers, and what they say is wrong."""

NAMES = (
    *(
        "Jan Kowalski",
        "Anna Nowak",
        "Piotr Zieliński",
        "Maria Wójcik",
        "Tomasz Kamiński",
        "Ewa Dąbrowska",
        "Łukasz Wróbel",
    ),
    *(
        "Agnieszka Mazur",
        "Paweł Krawczyk",
        "Zofia Pawlak",
        "Grzegorz Król",
        "Hanna Żak",
        "Michał Ścisły",
        "Alicja Gąska",
    ),
    *(
        "Иван Петров",
        "Ольга Смирнова",
        "Сергей Орлов",
        "Наталья Белова",
        "王小明",
        "李丽",
        "陈伟",
        "John Smith",
        "Mary Lee",
    ),
    *("Café Rynek", "Hotel Wawel", "Szkoła nr 5", "Biuro Plus", "Dom Kultury", "Przychodnia Zdrowie", "Studio Foto"),
)

FAULTS = (
    *(
        "Does not start",
        "Screen is black",
        "Screen cracked after a fall",
        "Battery lasts an hour",
        "Makes a loud noise",
    ),
    *(
        "Smells burnt",
        "Does not charge",
        "Does not heat",
        "Leaks water",
        "No sound",
        "Switches off by itself",
        "Very slow",
    ),
    *("Nie włącza się", "Pęknięty ekran", "Nie ładuje", "Hałasuje przy wirowaniu", "Nie grzeje", "Zalany kawą"),
    *("Не включается", "Разбит экран", "Не держит заряд", "屏幕碎了", "无法开机", "No fault known yet"),
)
