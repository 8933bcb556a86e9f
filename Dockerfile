# On Record in one image: the service, its models and nothing that compiles or tests.
#
# PyTorch's default build for Linux carries gigabytes of CUDA. For the CPU build, name the index of PyTorch's CPU wheels:
#   docker build --build-arg PIP_EXTRA_INDEX_URL=... --tag onrecord .

FROM python:3.11-slim AS build
ARG PIP_EXTRA_INDEX_URL
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/onrecord
WORKDIR /src
# The dependencies are a layer of their own, made anew only where what is asked for has changed.
COPY pyproject.toml README.md LICENSE .ci/constraints.txt ./
RUN mkdir app && /opt/onrecord/bin/pip install --constraint constraints.txt . && rm -r app build *.egg-info
COPY app app
COPY migrations migrations
RUN /opt/onrecord/bin/pip install --no-deps --force-reinstall .

FROM python:3.11-slim
RUN groupadd --gid 10001 onrecord \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin onrecord \
    && install --directory --owner=10001 --group=10001 /data
COPY --from=build /opt/onrecord /opt/onrecord
ENV PATH=/opt/onrecord/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ONRECORD_HOST=0.0.0.0 \
    ONRECORD_PORT=8000 \
    ONRECORD_LOG_FORMAT=json \
    ONRECORD_DATABASE_URL=sqlite:////data/onrecord.db \
    ONRECORD_MODELS_DIR=/data/models
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"ONRECORD_PORT\"]}/health/ready', timeout=4)"]
# `serve` brings the database up to date before it listens. It listens on every address, so it asks for API keys:
#   docker exec CONTAINER onrecord keys create --scope admin --name me
CMD ["onrecord", "serve"]
