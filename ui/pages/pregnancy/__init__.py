"""Pregnancy as an episode: its words in the banner, its card on the Summary, its form."""

from __future__ import annotations
