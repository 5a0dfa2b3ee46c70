# Two stages: the first compiles the SQLite driver and builds, the second runs without compilers or sources.
FROM node:22-bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends python3 make g++ && rm -rf /var/lib/apt/lists/*
WORKDIR /huiyin
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production HUIYIN_BUILT=1 HOST=0.0.0.0 DATA_DIR=/data
WORKDIR /huiyin
COPY --from=build /huiyin/package.json ./
COPY --from=build /huiyin/node_modules ./node_modules
COPY --from=build /huiyin/dist ./dist
COPY --from=build /huiyin/bin ./bin
COPY --from=build /huiyin/config ./config
COPY --from=build /huiyin/locales ./locales
COPY --from=build /huiyin/models ./models
COPY --from=build /huiyin/prisma/migrations ./prisma/migrations
RUN mkdir /data && chown node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# As `npm start` starts it.
CMD ["node", "--max-semi-space-size=48", "--use-largepages=silent", "bin/huiyin.mjs", "serve"]
