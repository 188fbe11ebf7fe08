"""Sees the studio as a screen reader does (AT-SPI), and uses the mouse as a person does. Import it
only after the environment points at the private desktop."""

import subprocess

import pyatspi

from desktop import wait_until


def _walk(node):
    for index in range(node.childCount):
        child = node.getChildAtIndex(index)
        if child is None:
            continue
        yield child
        yield from _walk(child)


class ScreenReader:
    def __init__(self, application):
        self.application = application  # the name that the program has on the bus

    def _window(self):
        for program in pyatspi.Registry.getDesktop(0):
            if program and program.name == self.application:
                return program
        return None

    def _search(self, role, name, inside=None):
        """inside: the role and name of what to search, in place of the whole program."""
        root = self._search(*inside) if inside else self._window()
        if not root:
            return None
        try:
            for node in _walk(root):
                if node.getRoleName() == role and (name is None or node.name == name):
                    if node.getState().contains(pyatspi.STATE_SHOWING):
                        return node
        except (LookupError, RuntimeError):
            pass  # it changed while we looked
        except Exception as problem:  # GLib.Error: the node is gone
            if "GLib" not in type(problem).__module__ and "gi." not in type(problem).__module__:
                raise
        return None

    def find(self, role, name=None, seconds=15):
        return wait_until(f"no {role} called {name}", lambda: self._search(role, name), seconds)

    def is_there(self, role, name):
        return self._search(role, name) is not None

    def click(self, role, name, inside=None):
        """A real click in the middle of the control, once it is enabled."""
        def enabled():
            node = self._search(role, name, inside)
            return node if node and node.getState().contains(pyatspi.STATE_ENABLED) else None
        node = wait_until(f"{name} is not enabled", enabled)
        box = node.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
        subprocess.run(["xdotool", "mousemove", str(box.x + box.width // 2),
                        str(box.y + box.height // 2), "click", "1"], check=True)

    def text_of(self, role, name):
        node = self.find(role, name)
        return node.queryText().getText(0, -1)

    def everything(self):
        """All that a screen reader could say of the window: names, descriptions, texts."""
        said = []
        for node in _walk(self._window()):
            said += [node.name, node.description]
            if "Text" in pyatspi.listInterfaces(node):
                said.append(node.queryText().getText(0, -1))
        return "\n".join(said)

    def rows(self, table_name):
        """The cells of a table as texts, under the names of their columns."""
        return wait_until(f"the table {table_name} does not hold still",
                          lambda: self._whole_table(table_name))[0]

    def _whole_table(self, table_name):
        table = self.find("table", table_name).queryTable()
        columns = [table.getColumnDescription(c) for c in range(table.nColumns)]
        cells = [[table.getAccessibleAt(r, c) for c in range(table.nColumns)]
                 for r in range(table.nRows)]
        if any(cell is None for row in cells for cell in row):
            return None  # a row went while we read
        return [[{name: cell.name for name, cell in zip(columns, row)} for row in cells]]
