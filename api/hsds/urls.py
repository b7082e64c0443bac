"""Addresses of HSDS: of the region, and of each unit by its TERYT code."""

from django.urls import path, re_path

from api.hsds.described import RESOURCES, Home, OpenApi, Profile
from api.hsds.guide import guide
from api.v1.problems import unknown_address

app_name = "hsds"
urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("opis/", guide, name="guide"),
    path("profile.json", Profile.as_view(), name="profile"),
    path("openapi.json", OpenApi.as_view(), name="openapi"),
    *(path(name, many.as_view(), name=name) for name, (many, _, _) in RESOURCES.items()),
    *(
        path(f"{name}/<uuid:pk>", one.as_view(), name=f"one_of_{name}")
        for name, (_, one, _) in RESOURCES.items()
    ),
    path("<str:code>/", Home.as_view(), name="unit_home"),
    path("<str:code>/openapi.json", OpenApi.as_view(), name="unit_openapi"),
    *(
        path(f"<str:code>/{name}", many.as_view(), name=f"unit_{name}")
        for name, (many, _, _) in RESOURCES.items()
    ),
    *(
        path(f"<str:code>/{name}/<uuid:pk>", one.as_view(), name=f"unit_one_of_{name}")
        for name, (_, one, _) in RESOURCES.items()
    ),
    re_path("^.*$", unknown_address),
]
