"""What a screen reader sees of the programs of a desktop, by AT-SPI.

    accessible.py tree               every named thing: role and name, one a line
    accessible.py press ALERT NAME   does the first action of the button with this name in the alert
"""
import sys

import pyatspi


def everything(node, depth=0):
    if node is None or depth > 40:
        return
    # As every screen reader does: Chromium shows its pages to those who ask for more than roles and names.
    node.getAttributes()
    yield node
    for child in node:
        yield from everything(child, depth + 1)


def find(inside, role, name):
    for node in everything(inside):
        if node.getRoleName() == role and node.name == name:
            yield node


def main():
    command, *names = sys.argv[1:]
    desktop = pyatspi.Registry.getDesktop(0)
    if command == "tree":
        for node in everything(desktop):
            if node.name:
                print(f"{node.getRoleName()}\t{node.name}")
        return 0
    for alert in find(desktop, "alert", names[0]):
        for button in find(alert, "push button", names[1]):
            return 0 if button.queryAction().doAction(0) else 1
    return 1


sys.exit(main())
