"""Files that are served as they are."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticConfig(StaticFilesConfig):
    """Leaves out what DRF's own pages need: the API answers in JSON alone."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "rest_framework"]
