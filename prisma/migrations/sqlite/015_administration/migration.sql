-- CreateTable
CREATE TABLE "DistrictFile" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "textEnc" BLOB NOT NULL,
    "change" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "DistrictChange" (
    "no" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" TEXT NOT NULL,
    "staffId" TEXT,
    "how" TEXT NOT NULL,
    "undoes" INTEGER,
    "undoneBy" INTEGER,
    "books" TEXT NOT NULL,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "reasonEnc" BLOB,
    "textsEnc" BLOB NOT NULL
);
