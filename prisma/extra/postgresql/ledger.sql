-- The search copy: two-character pieces of a grievance's masked text (no phones, ids or names).
CREATE TABLE "CaseSearch" ("caseId" TEXT NOT NULL PRIMARY KEY, "pieces" tsvector NOT NULL);
CREATE INDEX "CaseSearch_pieces_idx" ON "CaseSearch" USING GIN ("pieces");
