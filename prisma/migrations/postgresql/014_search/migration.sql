-- AlterTable
ALTER TABLE "Case" ADD COLUMN     "no" BIGINT;

-- CreateIndex
CREATE UNIQUE INDEX "Case_no_key" ON "Case"("no");

-- What cases are found by (store/marks.ts): pieces of masked words and marks of facts, newest last by "Case"."no". Every case is marked anew at the
-- next start: nothing of the old copy can be read back.
DROP TABLE "CaseSearch";
CREATE TABLE "CaseSearch" ("no" BIGINT NOT NULL PRIMARY KEY, "pieces" tsvector NOT NULL);
-- Without a list of what is pending: it is read through by every search.
CREATE INDEX "CaseSearch_pieces_idx" ON "CaseSearch" USING GIN ("pieces") WITH (fastupdate = off);
-- Open cases by deadline, with all a list asks of them: a few of a hundred of all cases, read without touching their sealed words.
CREATE INDEX "Case_open_idx" ON "Case" ("dueAt", "id", "state", "class", "category", "kind", "hidden", "holderUnitId", "holderStaffId", "townId", "communityId", "gridId", "grabUntil", "createdAt", "closedAt") WHERE "closedAt" IS NULL;
-- The same by number: what the marks chose.
CREATE INDEX "Case_open_no_idx" ON "Case" ("no", "id", "dueAt", "state", "class", "category", "kind", "hidden", "holderUnitId", "holderStaffId", "townId", "communityId", "gridId", "grabUntil", "createdAt", "closedAt") WHERE "closedAt" IS NULL;
CREATE INDEX "Case_residentNew_idx" ON "Case" ("dueAt", "id") WHERE "residentNewAt" IS NOT NULL;
CREATE INDEX "Case_unmarked_idx" ON "Case" ("id") WHERE "no" IS NULL;
-- The few orders the district desk has to answer.
CREATE INDEX "Order_objected_idx" ON "Order" ("caseId") WHERE "state" = 'objected';
CREATE INDEX "Order_returned_idx" ON "Order" ("caseId") WHERE "kind" = 'return' AND "state" = 'open';
