-- Whether a unit has an order on a case is asked of thousands of cases for one list: answered from the index alone.
DROP INDEX "Order_caseId_idx";
CREATE INDEX "Order_caseId_idx" ON "Order" ("caseId", "unitId");
