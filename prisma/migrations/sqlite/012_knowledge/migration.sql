-- CreateTable
CREATE TABLE "KnowledgeWeek" (
    "week" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'draft',
    "editedById" TEXT,
    "approvedById" TEXT,
    "approvedAt" TEXT,
    "sentAt" TEXT
);

-- CreateTable
CREATE TABLE "Nomination" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "volunteerId" TEXT NOT NULL,
    "bodyEnc" BLOB NOT NULL,
    "byId" TEXT NOT NULL,
    "createdAt" TEXT NOT NULL
);

-- CreateIndex
CREATE INDEX "Nomination_volunteerId_idx" ON "Nomination"("volunteerId");
