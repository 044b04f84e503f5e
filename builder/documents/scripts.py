"""The inline scripts of our pages: each by its name, with the policy that lets a browser run it and no other.

In: the name of a script, or none. Out: its text, safe to insert into a page, and a policy. Touches nothing but the
templates in this package.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from builder import markup
from builder.documents.templating import fill_beside


@dataclass(frozen=True, slots=True)
class Script:
    """The inline script of a page outside of a site, and the policy in its head; without a text it runs nothing."""

    text: Markup
    policy: Markup


def _made(name: str) -> Script:
    text = fill_beside(f"{name}.js").strip()
    return Script(Markup(text), Markup(markup.policy([text])))  # noqa: S704  our own, without a value in it


NO_SCRIPT = Script(Markup(), Markup(markup.policy()))  # noqa: S704  the same
LEAD = _made("lead")
LOST = _made("lost")
ONWARD = _made("onward")

SCRIPTS = frozenset(str(each.text) for each in (LEAD, LOST, ONWARD))
"""The texts of all inline scripts in our pages."""

POLICIES = frozenset([markup.SITE_POLICY, *(str(each.policy) for each in (NO_SCRIPT, LEAD, LOST, ONWARD))])
"""The policies of all our pages."""
