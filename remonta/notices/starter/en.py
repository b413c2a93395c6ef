"""Starter texts in English."""

from remonta.notices.starter.shape import Starter

END = "\n\nYours sincerely\n{centre}[\n{address}][\n{phone}]"

TEXTS = {
    "send_in": Starter(
        sms="{centre}: we expect your {device}, repair {number}, parcel {parcel}. Print the document,"
        " enclose it and send the parcel to: {address}. {link}",
        title="{number}: please send us your {device}",
        body="Good day,\n\nwe have checked your request and expect your {device} as repair {number}.\n"
        "\nPlease print the attached document, put it on top inside the parcel and send it to:\n{"
        "centre}[\n{address}]\n\nThe parcel has the number {parcel}.[ Please send it by {until}.]"
        " How it goes on you see here:\n{link}" + END,
    ),
    "send_in_reminder": Starter(
        sms="{centre}: your parcel {parcel} with {device} has not reached us yet. Have you sent it?[ "
        "{person} helps you: {phone}.] {link}",
        title="{number}: has your parcel been sent?",
        body="Good day,\n\nwe are expecting your {device} (repair {number}, parcel {parcel}), but the "
        "parcel has not come yet.\n\nIf you have sent it, please tell us the courier and the numb"
        "er. If you need the document once more or do not want the repair any longer, just answer"
        ".[\n\n{person} cares for you.]\n\n{link}" + END,
    ),
    "parcel_sent": Starter(
        sms="{centre}: your {device} ({number}) is on its way to you[ with {carrier}][, number {tracking}]. {link}",
        title="{number}: your {device} is on its way",
        body="Good day,\n\nyour {device} is on its way back to you[ with {carrier}].[\nThe courier’s n"
        "umber: {tracking}]\n\nPlease check the parcel when it comes. Details are here:\n{link}" + END,
    ),
    "taken_in": Starter(
        sms="{centre}: we have received your {device}, repair {number}.[ Ready by {ready}.] Follow it here: {link}",
        title="{number}: we have received your {device}",
        body="Good day,\n\nwe have received your {device}. Its repair has the number {number}."
        "[\nWe expect it to be ready by {ready}.]\n\n"
        "Here you can see at any time how far we are, look at the photos and write to us:\n{link}" + END,
    ),
    "quote_sent": Starter(
        sms="{centre}: your {device} ({number}) can be repaired for {necessary}.[ The offer holds until {until}.] "
        "Please see it and answer here: {link}",
        title="{number}: our quote for your {device}",
        body="Good day,\n\nwe have looked at your {device} and know what it needs. What is necessary costs {necessary}"
        "[; with what we recommend it is {whole}].\n\n"
        "Please look at the single lines and tell us what we may do:\n{link}\n\n"
        "We go on as soon as you have answered.[ The prices hold until {until}.]" + END,
    ),
    "quote_approved": Starter(
        sms="{centre}: thank you, we repair your {device} ({number}) for {total}. Follow it here: {link}",
        title="{number}: thank you, we go on",
        body="Good day,\n\nthank you for your answer. We repair your {device} for {total}, as agreed; "
        "nothing is added to it without asking you.[\nIt should be ready by {ready}.]\n\n"
        "How far we are:\n{link}" + END,
    ),
    "quote_declined": Starter(
        sms="{centre}: as you wish, your {device} ({number}) stays unrepaired. You can collect it. {link}",
        title="{number}: your {device} stays unrepaired",
        body="Good day,\n\nyou have declined our quote, so we stop work on your {device}. "
        "You can collect it in our centre. If you have paid in advance, you get it back.\n\n{link}" + END,
    ),
    "parts_expected": Starter(
        sms="{centre}: the parts for your {device} ({number}) come on {comes}. We go on once they are here. {link}",
        title="{number}: the parts for your {device} come on {comes}",
        body="Good day,\n\nthe parts for your {device} are ordered and should be here on {comes}. "
        "We go on with the repair as soon as they have arrived.\n\nHow far we are:\n{link}" + END,
    ),
    "parts_arrived": Starter(
        sms="{centre}: the parts for your {device} ({number}) are here, we go on.[ Ready by {ready}.] {link}",
        title="{number}: the parts for your {device} are here",
        body="Good day,\n\nall parts for your {device} have arrived, and we go on with the repair."
        "[\nIt should be ready by {ready}.]\n\nHow far we are:\n{link}" + END,
    ),
    "ready": Starter(
        sms="{centre}: your {device} ({number}) is ready.[ The repair costs {total}.][ Still to pay: {owed}.]"
        "[ Collect it here: {address}.] {link}",
        title="{number}: your {device} is ready",
        body="Good day,\n\nyour {device} is repaired and waits for you."
        "[\n\nThe repair costs {total}.][\nStill to pay: {owed}.]\n\n"
        "Please bring the receipt, or show this page:\n{link}" + END,
    ),
    "unrepaired": Starter(
        sms="{centre}: we have ended work on your {device} ({number}); it could not be repaired. You can collect it."
        "[ Still to pay: {owed}.] {link}",
        title="{number}: your {device} can be collected",
        body="Good day,\n\nwe have ended work on your {device}; it goes back unrepaired. You can collect it in our "
        "centre.[\n\nStill to pay: {owed}.]\n\nDetails are here:\n{link}" + END,
    ),
    "loan_overdue": Starter(
        sms="{centre}: please bring back {loaner}, which was due on {back_by} (repair {number}). {link}",
        title="{number}: please bring back {loaner}",
        body="Good day,\n\nfor the time of the repair we lent you {loaner}. It was to be returned by {back_by}.\n\n"
        "Please bring it back with all that came along; the deposit is given back then. If you need it longer, "
        "just answer:\n{link}" + END,
    ),
    "handed_over": Starter(
        sms="{centre}: is everything all right with your {device}? Please rate our work in half a minute: {link}",
        title="{number}: were you content with us?",
        body="Good day,\n\nyour {device} is back with you. Is everything all right with it?\n\n"
        "Please tell us in half a minute how we did; we read every answer:\n{link}" + END,
    ),
    "message": Starter(
        sms="{centre} about {number}: {text} Answer here: {link}",
        title="{number}: a message about your {device}",
        body="Good day,\n\n{text}\n\nYou can answer here:\n{link}" + END,
    ),
    "link": Starter(
        sms="{centre}: follow the repair of your {device} ({number}) here: {link}",
        title="{number}: how far the repair of your {device} is",
        body="Good day,\n\nhere you can see at any time how far the repair of your {device} is:\n{link}" + END,
    ),
}
