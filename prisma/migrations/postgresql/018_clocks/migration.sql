-- What jobs ask for every few seconds or minutes, found without walking the open cases and the running clocks.
CREATE INDEX "Case_grab_idx" ON "Case" ("grabUntil") WHERE "state" = 'received';
CREATE INDEX "Deadline_seldom_idx" ON "Deadline" ("kind", "due") WHERE "kind" IN ('reply', 'conclude', 'confirm', 'resume') AND "metAt" IS NULL AND "endedAt" IS NULL;
CREATE INDEX "Deadline_provisional_idx" ON "Deadline" ("due") WHERE "provisional" = 1 AND "metAt" IS NULL AND "endedAt" IS NULL;
