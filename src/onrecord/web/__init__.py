"""The reading room: pages over a store for people, and the same answers as JSON for programs.

`app.create_app` makes the application; only ``onrecord serve`` imports it, so that its libraries (the extra ``web``) cost nobody
else a start. Pages are made on the server and work without JavaScript; nothing that they load is fetched from elsewhere.
"""
