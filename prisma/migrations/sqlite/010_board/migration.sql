-- DropIndex
DROP INDEX "Case_createdAt_idx";

-- CreateTable
CREATE TABLE "MonthFigure" (
    "month" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "ended" INTEGER NOT NULL DEFAULT 0,
    "redone" INTEGER NOT NULL DEFAULT 0,
    "contacted" INTEGER NOT NULL DEFAULT 0,
    "contactedOf" INTEGER NOT NULL DEFAULT 0,
    "answered" INTEGER NOT NULL DEFAULT 0,
    "answeredOf" INTEGER NOT NULL DEFAULT 0,
    "solved" INTEGER NOT NULL DEFAULT 0,
    "solvedOf" INTEGER NOT NULL DEFAULT 0,
    "satisfied" INTEGER NOT NULL DEFAULT 0,
    "satisfiedOf" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("month", "unitId", "category")
);

-- CreateIndex
CREATE INDEX "Case_createdAt_category_communityId_gridId_townId_kind_hidden_idx" ON "Case"("createdAt", "category", "communityId", "gridId", "townId", "kind", "hidden");

-- CreateIndex
CREATE INDEX "Order_openedAt_idx" ON "Order"("openedAt");

-- CreateIndex
CREATE INDEX "Order_doneAt_idx" ON "Order"("doneAt");

-- What was assessed before this table: the current assessment of every ended case, with what a person put right.
INSERT INTO "MonthFigure" ("month", "unitId", "category", "ended", "redone", "contacted", "contactedOf", "answered", "answeredOf", "solved", "solvedOf", "satisfied", "satisfiedOf")
SELECT s."month", s."unitId", s."category", COUNT(*), SUM(CASE WHEN s."redone" > 0 THEN 1 ELSE 0 END),
  SUM(CASE WHEN s."contacted" = 1 THEN 1 ELSE 0 END), COUNT(s."contacted"),
  SUM(CASE WHEN s."answered" = 1 THEN 1 ELSE 0 END), COUNT(s."answered"),
  SUM(CASE WHEN s."solved" = 1 THEN 1 ELSE 0 END), COUNT(s."solved"),
  SUM(CASE WHEN s."satisfied" = 1 THEN 1 ELSE 0 END), COUNT(s."satisfied")
FROM (
  SELECT a."month", a."unitId", a."category", CASE WHEN json_type(a."reviewed", '$.redone') IS NULL THEN a."redone" ELSE json_extract(a."reviewed", '$.redone') END AS "redone",
    CASE WHEN json_type(a."reviewed", '$.contacted') IS NULL THEN a."contacted" ELSE json_extract(a."reviewed", '$.contacted') END AS "contacted",
    CASE WHEN json_type(a."reviewed", '$.answered') IS NULL THEN a."answered" ELSE json_extract(a."reviewed", '$.answered') END AS "answered",
    CASE WHEN json_type(a."reviewed", '$.solved') IS NULL THEN a."solved" ELSE json_extract(a."reviewed", '$.solved') END AS "solved",
    CASE WHEN json_type(a."reviewed", '$.satisfied') IS NULL THEN a."satisfied" ELSE json_extract(a."reviewed", '$.satisfied') END AS "satisfied"
  FROM "Assessment" a JOIN "Case" c ON c."id" = a."caseId" AND c."closedAt" = a."at"
  WHERE a."orderId" IS NULL
) s
GROUP BY s."month", s."unitId", s."category";
