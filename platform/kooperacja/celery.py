"""Work outside the request."""

import os

from celery import Celery
from kombu.transport import redis, virtual

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kooperacja.settings")

app = Celery("kooperacja")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


class Credit(redis.QoS):
    """How many tasks a worker may hold that the broker has not yet struck off."""

    def ack(self, delivery_tag: str) -> None:
        """Strike a task off; of a broker that is silent meanwhile it may come again.

        kombu would count it as held for ever: a worker that may hold one more answers pings
        and takes no task until it is started anew.
        """
        try:
            super().ack(delivery_tag)
        except Exception:
            virtual.QoS.ack(self, delivery_tag)
            raise


redis.Channel.QoS = Credit
