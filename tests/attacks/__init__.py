"""What an attacker would try: payloads, the fields that take them, and watching what becomes of them in a browser.

`payloads` are kinds of attack by family. `fields` are all places in sources where somebody may write. `trying` plants
the one in the other and asks the program's own check. `watching` opens what was built of what the check took.
"""
