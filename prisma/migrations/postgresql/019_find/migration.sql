-- The search index knows when a case was opened, by chunks of three days of its number: a span of numbers is asked of it without reading what lies outside.
DROP INDEX "CaseSearch_pieces_idx";
CREATE INDEX "CaseSearch_pieces_idx" ON "CaseSearch" USING GIN ((ARRAY["no" >> 21]), "pieces") WITH (fastupdate = off);
-- What filters and rights ask of a candidate stands beside its number: its row with the sealed words is not fetched.
DROP INDEX "Case_no_key";
CREATE UNIQUE INDEX "Case_no_key" ON "Case" ("no") INCLUDE ("id", "dueAt", "state", "class", "category", "kind", "hidden", "holderUnitId", "holderStaffId", "townId", "communityId", "gridId", "grabUntil", "createdAt", "closedAt");
-- Which holds all that the index of open cases by number did: SQLite alone walks that. The one by deadline knows the number.
DROP INDEX "Case_open_no_idx";
DROP INDEX "Case_open_idx";
CREATE INDEX "Case_open_idx" ON "Case" ("dueAt", "id", "state", "class", "category", "kind", "hidden", "holderUnitId", "holderStaffId", "townId", "communityId", "gridId", "grabUntil", "createdAt", "closedAt", "no") WHERE "closedAt" IS NULL;
-- Neighbours' open matters of one subject, counted for each line of the desk (store/follows.ts).
CREATE INDEX "Case_alike_idx" ON "Case" ("category", "communityId", "createdAt") WHERE "closedAt" IS NULL AND "hidden" = 0 AND "class" <> 'urgent' AND "kind" IN ('grievance', 'gridReport');
-- How many cases there are of a chunk is known from the first question on.
ANALYZE "CaseSearch";
