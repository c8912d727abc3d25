from django.core.mail.backends.filebased import EmailBackend as FileBackend  # noqa: F401
