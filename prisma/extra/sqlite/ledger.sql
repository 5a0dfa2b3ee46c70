-- The search copy: two-character pieces of a grievance's masked text (no phones, ids or names). The index keeps no text of its own.
CREATE VIRTUAL TABLE "CaseSearch" USING fts5(pieces, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
CREATE TABLE "CaseSearchRow" ("rowNo" INTEGER NOT NULL PRIMARY KEY, "caseId" TEXT NOT NULL UNIQUE);
