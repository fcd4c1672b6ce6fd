# syntax=docker/dockerfile:1
# Two stages: the packages are installed where pip is, and only what runs is carried over.

FROM python:3.13-slim-trixie AS packages
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.13-slim-trixie
RUN useradd --system --uid 10001 --no-create-home --home-dir /app throughline
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
# Settings want these four; nothing is reached or sealed while files are collected.
RUN SECRET_KEY=collecting DATABASE_URL=postgres://web@nowhere/none REDIS_URL=redis://nowhere \
    COUNSELING_KEYS="none:$(printf %032d 0 | base64)" \
    python manage.py collectstatic --no-input --verbosity 0
USER throughline
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--worker-tmp-dir", "/dev/shm"]
