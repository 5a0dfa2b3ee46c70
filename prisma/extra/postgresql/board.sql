-- What was assessed before this table: the current assessment of every ended case, with what a person put right.
INSERT INTO "MonthFigure" ("month", "unitId", "category", "ended", "redone", "contacted", "contactedOf", "answered", "answeredOf", "solved", "solvedOf", "satisfied", "satisfiedOf")
SELECT s."month", s."unitId", s."category", COUNT(*), SUM(CASE WHEN s."redone" > 0 THEN 1 ELSE 0 END),
  SUM(CASE WHEN s."contacted" = 1 THEN 1 ELSE 0 END), COUNT(s."contacted"),
  SUM(CASE WHEN s."answered" = 1 THEN 1 ELSE 0 END), COUNT(s."answered"),
  SUM(CASE WHEN s."solved" = 1 THEN 1 ELSE 0 END), COUNT(s."solved"),
  SUM(CASE WHEN s."satisfied" = 1 THEN 1 ELSE 0 END), COUNT(s."satisfied")
FROM (
  SELECT a."month", a."unitId", a."category", CASE WHEN (a."reviewed"::jsonb)->'redone' IS NULL THEN a."redone" ELSE ((a."reviewed"::jsonb)->>'redone')::int END AS "redone",
    CASE WHEN (a."reviewed"::jsonb)->'contacted' IS NULL THEN a."contacted" ELSE ((a."reviewed"::jsonb)->>'contacted')::int END AS "contacted",
    CASE WHEN (a."reviewed"::jsonb)->'answered' IS NULL THEN a."answered" ELSE ((a."reviewed"::jsonb)->>'answered')::int END AS "answered",
    CASE WHEN (a."reviewed"::jsonb)->'solved' IS NULL THEN a."solved" ELSE ((a."reviewed"::jsonb)->>'solved')::int END AS "solved",
    CASE WHEN (a."reviewed"::jsonb)->'satisfied' IS NULL THEN a."satisfied" ELSE ((a."reviewed"::jsonb)->>'satisfied')::int END AS "satisfied"
  FROM "Assessment" a JOIN "Case" c ON c."id" = a."caseId" AND c."closedAt" = a."at"
  WHERE a."orderId" IS NULL
) s
GROUP BY s."month", s."unitId", s."category";
