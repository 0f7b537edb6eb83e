# Build with the development tools, run without them.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.build.json ./
RUN npm ci --ignore-scripts
COPY rules ./rules
COPY simulator ./simulator
COPY src ./src
RUN npm run build && npm ci --omit=dev --ignore-scripts

FROM node:22-bookworm-slim
# git applies patches and reads trees; xz opens linux-source tarballs.
RUN apt-get update \
    && apt-get install -y --no-install-recommends git xz-utils \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY LICENSE NOTICE package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY rules ./rules
COPY simulator ./simulator
COPY src/report/schema ./src/report/schema
# Patches are hostile: nothing here runs as root, and trees are mounted read-only by the user.
USER node
WORKDIR /mnt
ENTRYPOINT ["node", "/app/dist/src/cli.js"]
CMD ["--help"]
