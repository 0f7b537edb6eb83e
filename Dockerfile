# Build with the development tools, run without them.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
RUN npm ci --ignore-scripts
COPY rules ./rules
COPY simulator ./simulator
COPY src ./src
RUN npm run build && npm ci --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
# git applies patches and reads trees; xz opens linux-source tarballs; redis-server keeps the queue of a daemon;
# tini ends what a killed review leaves behind.
RUN apt-get update \
    && apt-get install -y --no-install-recommends git redis-server tini xz-utils \
    && rm -rf /var/lib/apt/lists/* \
    && install -d -m 700 -o node -g node /var/lib/faultline
WORKDIR /app
COPY LICENSE NOTICE package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY rules ./rules
COPY simulator ./simulator
COPY src/report/schema ./src/report/schema
COPY src/config/example ./src/config/example
COPY src/web/asset ./src/web/asset
# Patches are hostile: nothing here runs as root, and trees are mounted read-only by the user.
USER node
# The configuration is read from /etc/faultline/faultline.yaml.
ENV STATE_DIRECTORY=/var/lib/faultline
VOLUME /var/lib/faultline
WORKDIR /mnt
STOPSIGNAL SIGTERM
# Of the daemon; run workers and single commands with --no-healthcheck.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["node", "/app/dist/src/cli.js", "status", "--ready"]
ENTRYPOINT ["tini", "--", "node", "/app/dist/src/cli.js"]
CMD ["--help"]
