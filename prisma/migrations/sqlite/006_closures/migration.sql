-- CreateTable
CREATE TABLE "Closure" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "panel" TEXT NOT NULL,
    "resource" TEXT NOT NULL,
    "startsAt" TEXT NOT NULL,
    "endsAt" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "madeById" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL,
    "endedAt" TEXT,
    "endedById" TEXT
);

-- CreateIndex
CREATE INDEX "Closure_resource_endsAt_idx" ON "Closure"("resource", "endsAt");

-- CreateIndex
CREATE INDEX "Closure_endsAt_idx" ON "Closure"("endsAt");
