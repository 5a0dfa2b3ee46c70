-- Which open cases bear a unit's marks (place, holder, order), kept beside the search index by store/marks.ts: read by the thousand for one list, without a row of the search.
CREATE TABLE "OpenMark" ("mark" TEXT NOT NULL, "no" BIGINT NOT NULL, PRIMARY KEY ("mark", "no"));
INSERT INTO "OpenMark" ("mark", "no")
  SELECT one, s."no" FROM "Case" c JOIN "CaseSearch" s ON s."no" = c."no" CROSS JOIN LATERAL unnest(tsvector_to_array(s."pieces")) one
  WHERE c."closedAt" IS NULL AND one ~ '^[πχω]';
CREATE INDEX "OpenMark_no_idx" ON "OpenMark" ("no");
-- Whether a resident brought something new is counted in the same walk.
DROP INDEX "Case_open_idx";
CREATE INDEX "Case_open_idx" ON "Case" ("dueAt", "id", "state", "class", "category", "kind", "hidden", "holderUnitId", "holderStaffId", "townId", "communityId", "gridId", "grabUntil", "createdAt", "residentNewAt", "closedAt", "no") WHERE "closedAt" IS NULL;
CREATE INDEX "Case_residentNew_ended_idx" ON "Case" ("id") WHERE "residentNewAt" IS NOT NULL AND "closedAt" IS NOT NULL;
-- Parts a department still owes.
CREATE INDEX "Order_parts_idx" ON "Order" ("unitId", "caseId") WHERE "kind" IN ('split', 'joint') AND "state" IN ('open', 'signed');
ANALYZE "OpenMark";
