-- CreateTable
CREATE TABLE "Key" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "wrapped" BLOB,
    "createdAt" TEXT NOT NULL,
    "erasedAt" TEXT
);

-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "language" TEXT NOT NULL,
    "nameEnc" BLOB,
    "phoneEnc" BLOB,
    "phoneHash" TEXT,
    "recoveryHash" TEXT,
    "mergedIntoId" TEXT,
    "erasedAt" TEXT,
    "createdAt" TEXT NOT NULL,
    "seenAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Identity" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "channel" TEXT NOT NULL,
    "appId" TEXT NOT NULL,
    "addressHash" TEXT NOT NULL,
    "addressEnc" BLOB NOT NULL,
    "personId" TEXT NOT NULL,
    "provenBy" TEXT,
    "openUntil" TEXT,
    "goneAt" TEXT,
    "createdAt" TEXT NOT NULL,
    "seenAt" TEXT NOT NULL,
    CONSTRAINT "Identity_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Merge" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "fromPersonId" TEXT NOT NULL,
    "intoPersonId" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "identityIds" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "undoneAt" TEXT
);

-- CreateTable
CREATE TABLE "Conversation" (
    "personId" TEXT NOT NULL PRIMARY KEY,
    "seq" INTEGER NOT NULL DEFAULT 0,
    "talkEnc" BLOB,
    "mode" TEXT NOT NULL DEFAULT 'bot',
    "takenById" TEXT,
    "takenAt" TEXT,
    "readSeq" INTEGER NOT NULL DEFAULT 0,
    "updatedAt" TEXT NOT NULL,
    CONSTRAINT "Conversation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Message" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "sender" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "externalId" TEXT,
    "bodyEnc" BLOB NOT NULL,
    "replyToId" TEXT,
    "staffId" TEXT,
    "noticeId" TEXT,
    "at" TEXT NOT NULL,
    CONSTRAINT "Message_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Conversation" ("personId") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Unit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" TEXT,
    "path" TEXT NOT NULL,
    "data" TEXT NOT NULL DEFAULT '{}',
    "closedAt" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1
);

-- CreateTable
CREATE TABLE "Staff" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "login" TEXT NOT NULL,
    "nameEnc" BLOB NOT NULL,
    "phoneEnc" BLOB,
    "passwordHash" TEXT,
    "otpEnc" BLOB,
    "otpConfirmedAt" TEXT,
    "otpLastStep" INTEGER NOT NULL DEFAULT 0,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "lockedUntil" TEXT,
    "inviteHash" TEXT,
    "inviteUntil" TEXT,
    "demo" INTEGER NOT NULL DEFAULT 0,
    "endedAt" TEXT,
    "createdAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Role" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "staffId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    CONSTRAINT "Role_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Role_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Login" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "tokenHash" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "otpPassed" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TEXT NOT NULL,
    "seenAt" TEXT NOT NULL,
    "endedAt" TEXT,
    CONSTRAINT "Login_staffId_fkey" FOREIGN KEY ("staffId") REFERENCES "Staff" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "DutyShift" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "unitId" TEXT NOT NULL,
    "staffId" TEXT NOT NULL,
    "deputyId" TEXT NOT NULL,
    "leaderId" TEXT NOT NULL,
    "fromAt" TEXT NOT NULL,
    "toAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Case" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "profile" TEXT NOT NULL DEFAULT '12345',
    "category" TEXT NOT NULL,
    "route" TEXT,
    "personId" TEXT,
    "reporterId" TEXT,
    "holderUnitId" TEXT NOT NULL,
    "holderStaffId" TEXT,
    "townId" TEXT,
    "communityId" TEXT,
    "gridId" TEXT,
    "estate" TEXT,
    "titleEnc" BLOB NOT NULL,
    "textEnc" BLOB NOT NULL,
    "placeEnc" BLOB,
    "nameEnc" BLOB,
    "phoneEnc" BLOB,
    "phoneHash" TEXT,
    "dataEnc" BLOB,
    "hidden" INTEGER NOT NULL DEFAULT 0,
    "noReply" INTEGER NOT NULL DEFAULT 0,
    "level" INTEGER NOT NULL DEFAULT 0,
    "redoCount" INTEGER NOT NULL DEFAULT 0,
    "entryCount" INTEGER NOT NULL DEFAULT 0,
    "queryHash" TEXT NOT NULL,
    "dueAt" TEXT,
    "dueKind" TEXT,
    "grabUntil" TEXT,
    "sameAsId" TEXT,
    "publicSummary" TEXT,
    "lastWordAt" TEXT,
    "residentNewAt" TEXT,
    "createdAt" TEXT NOT NULL,
    "updatedAt" TEXT NOT NULL,
    "closedAt" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    CONSTRAINT "Case_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Point" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "textEnc" BLOB NOT NULL,
    "doneAt" TEXT,
    CONSTRAINT "Point_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Order" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "parentId" TEXT,
    "kind" TEXT NOT NULL,
    "unitId" TEXT NOT NULL,
    "staffId" TEXT,
    "leaderId" TEXT,
    "lead" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "reasonEnc" BLOB,
    "resultEnc" BLOB,
    "openedAt" TEXT NOT NULL,
    "openedById" TEXT,
    "signedAt" TEXT,
    "dueAt" TEXT,
    "doneAt" TEXT,
    CONSTRAINT "Order_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Order_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES "Unit" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Deadline" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "orderId" TEXT,
    "kind" TEXT NOT NULL,
    "startedAt" TEXT NOT NULL,
    "due" TEXT NOT NULL,
    "provisional" INTEGER NOT NULL DEFAULT 0,
    "extendedAt" TEXT,
    "pausedAt" TEXT,
    "resumeBy" TEXT,
    "metAt" TEXT,
    "brokenAt" TEXT,
    "endedAt" TEXT,
    "stage" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "Deadline_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Entry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "verb" TEXT NOT NULL,
    "public" INTEGER NOT NULL,
    "byKind" TEXT NOT NULL,
    "byId" TEXT,
    "unitId" TEXT,
    "fromState" TEXT,
    "toState" TEXT,
    "bodyEnc" BLOB,
    "at" TEXT NOT NULL,
    CONSTRAINT "Entry_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Follow" (
    "caseId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "at" TEXT NOT NULL,

    PRIMARY KEY ("caseId", "personId"),
    CONSTRAINT "Follow_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Counter" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "notice" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "personId" TEXT,
    "staffId" TEXT,
    "caseId" TEXT,
    "bodyEnc" BLOB NOT NULL,
    "urgent" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "dueAt" TEXT NOT NULL,
    "until" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "channel" TEXT,
    "outcome" TEXT,
    "sentAt" TEXT,
    "readAt" TEXT,
    "clearedById" TEXT,
    "clearedHow" TEXT,
    "createdAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "NoticeTry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "noticeId" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    CONSTRAINT "NoticeTry_noticeId_fkey" FOREIGN KEY ("noticeId") REFERENCES "Notice" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "File" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT,
    "caseId" TEXT,
    "kind" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "nameEnc" BLOB,
    "createdAt" TEXT NOT NULL,
    CONSTRAINT "File_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "given" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "withdrawnAt" TEXT,
    CONSTRAINT "Consent_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Alert" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT NOT NULL,
    "caseId" TEXT,
    "kinds" TEXT NOT NULL,
    "becauseEnc" BLOB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'open',
    "stage" INTEGER NOT NULL DEFAULT 0,
    "dutyStaffId" TEXT,
    "raisedAt" TEXT NOT NULL,
    "nextAt" TEXT,
    "acknowledgedAt" TEXT,
    "acknowledgedById" TEXT
);

-- CreateTable
CREATE TABLE "Audit" (
    "seq" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" TEXT NOT NULL,
    "staffId" TEXT,
    "what" TEXT NOT NULL,
    "caseId" TEXT,
    "field" TEXT,
    "detailEnc" BLOB,
    "hash" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Draft" (
    "staffId" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "bodyEnc" BLOB NOT NULL,
    "updatedAt" TEXT NOT NULL,

    PRIMARY KEY ("staffId", "subject")
);

-- CreateTable
CREATE TABLE "Attempt" (
    "subject" TEXT NOT NULL PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "until" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "mediatorId" TEXT NOT NULL,
    "roomId" TEXT NOT NULL,
    "startsAt" TEXT NOT NULL,
    "endsAt" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "heldUntil" TEXT,
    "recordEnc" BLOB,
    CONSTRAINT "Session_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Occupancy" (
    "resource" TEXT NOT NULL,
    "quarterHour" INTEGER NOT NULL,
    "sessionId" TEXT NOT NULL,
    "heldUntil" TEXT,

    PRIMARY KEY ("resource", "quarterHour")
);

-- CreateTable
CREATE TABLE "Party" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "caseId" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "personId" TEXT,
    "nameEnc" BLOB,
    "phoneEnc" BLOB,
    "inviteHash" TEXT,
    "invitedAt" TEXT,
    "answeredAt" TEXT,
    "consent" INTEGER,
    CONSTRAINT "Party_caseId_fkey" FOREIGN KEY ("caseId") REFERENCES "Case" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Volunteer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "personId" TEXT,
    "nameEnc" BLOB NOT NULL,
    "phoneEnc" BLOB,
    "phoneHash" TEXT,
    "body" TEXT,
    "agreementAt" TEXT,
    "trainedAt" TEXT,
    "insuredUntil" TEXT,
    "checkedAt" TEXT,
    "awayFrom" TEXT,
    "awayTo" TEXT,
    "endedAt" TEXT,
    "createdAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Child" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "pseudonym" TEXT NOT NULL,
    "recordEnc" BLOB NOT NULL,
    "unitId" TEXT NOT NULL,
    "consentAt" TEXT,
    "consentEnc" BLOB,
    "consentWithdrawnAt" TEXT,
    "endedAt" TEXT,
    "createdAt" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Carer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "childId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recordEnc" BLOB NOT NULL,
    CONSTRAINT "Carer_childId_fkey" FOREIGN KEY ("childId") REFERENCES "Child" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Pairing" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "volunteerId" TEXT NOT NULL,
    "childId" TEXT NOT NULL,
    "startsOn" TEXT NOT NULL,
    "endsOn" TEXT,
    "endReasonEnc" BLOB,
    "createdAt" TEXT NOT NULL,
    CONSTRAINT "Pairing_volunteerId_fkey" FOREIGN KEY ("volunteerId") REFERENCES "Volunteer" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
    CONSTRAINT "Pairing_childId_fkey" FOREIGN KEY ("childId") REFERENCES "Child" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Visit" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "pairingId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "onDate" TEXT NOT NULL,
    "done" INTEGER NOT NULL,
    "metWith" TEXT,
    "noteEnc" BLOB,
    "messageId" TEXT,
    "createdAt" TEXT NOT NULL,
    CONSTRAINT "Visit_pairingId_fkey" FOREIGN KEY ("pairingId") REFERENCES "Pairing" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "JobRun" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "job" TEXT NOT NULL,
    "startedAt" TEXT NOT NULL,
    "endedAt" TEXT,
    "count" INTEGER,
    "fault" TEXT
);

-- CreateTable
CREATE TABLE "Setting" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "byId" TEXT,
    "at" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Person_recoveryHash_key" ON "Person"("recoveryHash");

-- CreateIndex
CREATE INDEX "Person_phoneHash_idx" ON "Person"("phoneHash");

-- CreateIndex
CREATE INDEX "Identity_personId_idx" ON "Identity"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Identity_channel_appId_addressHash_key" ON "Identity"("channel", "appId", "addressHash");

-- CreateIndex
CREATE INDEX "Merge_intoPersonId_idx" ON "Merge"("intoPersonId");

-- CreateIndex
CREATE INDEX "Conversation_mode_updatedAt_idx" ON "Conversation"("mode", "updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Message_personId_seq_key" ON "Message"("personId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "Message_channel_externalId_key" ON "Message"("channel", "externalId");

-- CreateIndex
CREATE INDEX "Unit_path_idx" ON "Unit"("path");

-- CreateIndex
CREATE INDEX "Unit_kind_idx" ON "Unit"("kind");

-- CreateIndex
CREATE UNIQUE INDEX "Staff_login_key" ON "Staff"("login");

-- CreateIndex
CREATE UNIQUE INDEX "Staff_inviteHash_key" ON "Staff"("inviteHash");

-- CreateIndex
CREATE INDEX "Role_unitId_role_idx" ON "Role"("unitId", "role");

-- CreateIndex
CREATE UNIQUE INDEX "Role_staffId_role_unitId_key" ON "Role"("staffId", "role", "unitId");

-- CreateIndex
CREATE UNIQUE INDEX "Login_tokenHash_key" ON "Login"("tokenHash");

-- CreateIndex
CREATE INDEX "Login_staffId_idx" ON "Login"("staffId");

-- CreateIndex
CREATE INDEX "DutyShift_unitId_fromAt_idx" ON "DutyShift"("unitId", "fromAt");

-- CreateIndex
CREATE UNIQUE INDEX "Case_code_key" ON "Case"("code");

-- CreateIndex
CREATE INDEX "Case_holderUnitId_state_dueAt_idx" ON "Case"("holderUnitId", "state", "dueAt");

-- CreateIndex
CREATE INDEX "Case_holderStaffId_state_dueAt_idx" ON "Case"("holderStaffId", "state", "dueAt");

-- CreateIndex
CREATE INDEX "Case_townId_state_dueAt_idx" ON "Case"("townId", "state", "dueAt");

-- CreateIndex
CREATE INDEX "Case_state_dueAt_idx" ON "Case"("state", "dueAt");

-- CreateIndex
CREATE INDEX "Case_personId_createdAt_idx" ON "Case"("personId", "createdAt");

-- CreateIndex
CREATE INDEX "Case_phoneHash_idx" ON "Case"("phoneHash");

-- CreateIndex
CREATE INDEX "Case_createdAt_idx" ON "Case"("createdAt");

-- CreateIndex
CREATE INDEX "Case_category_communityId_createdAt_idx" ON "Case"("category", "communityId", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Point_caseId_no_key" ON "Point"("caseId", "no");

-- CreateIndex
CREATE INDEX "Order_caseId_idx" ON "Order"("caseId");

-- CreateIndex
CREATE INDEX "Order_unitId_state_idx" ON "Order"("unitId", "state");

-- CreateIndex
CREATE INDEX "Deadline_caseId_idx" ON "Deadline"("caseId");

-- CreateIndex
CREATE INDEX "Deadline_endedAt_metAt_due_idx" ON "Deadline"("endedAt", "metAt", "due");

-- CreateIndex
CREATE UNIQUE INDEX "Entry_caseId_no_key" ON "Entry"("caseId", "no");

-- CreateIndex
CREATE INDEX "Notice_state_dueAt_idx" ON "Notice"("state", "dueAt");

-- CreateIndex
CREATE INDEX "Notice_caseId_idx" ON "Notice"("caseId");

-- CreateIndex
CREATE INDEX "Notice_personId_idx" ON "Notice"("personId");

-- CreateIndex
CREATE UNIQUE INDEX "Notice_notice_recipient_cause_key" ON "Notice"("notice", "recipient", "cause");

-- CreateIndex
CREATE INDEX "NoticeTry_noticeId_idx" ON "NoticeTry"("noticeId");

-- CreateIndex
CREATE INDEX "File_caseId_idx" ON "File"("caseId");

-- CreateIndex
CREATE INDEX "Consent_personId_purpose_idx" ON "Consent"("personId", "purpose");

-- CreateIndex
CREATE INDEX "Alert_state_nextAt_idx" ON "Alert"("state", "nextAt");

-- CreateIndex
CREATE INDEX "Alert_personId_idx" ON "Alert"("personId");

-- CreateIndex
CREATE INDEX "Audit_caseId_idx" ON "Audit"("caseId");

-- CreateIndex
CREATE INDEX "Audit_staffId_at_idx" ON "Audit"("staffId", "at");

-- CreateIndex
CREATE INDEX "Session_mediatorId_startsAt_idx" ON "Session"("mediatorId", "startsAt");

-- CreateIndex
CREATE INDEX "Occupancy_sessionId_idx" ON "Occupancy"("sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "Party_inviteHash_key" ON "Party"("inviteHash");

-- CreateIndex
CREATE INDEX "Party_caseId_idx" ON "Party"("caseId");

-- CreateIndex
CREATE UNIQUE INDEX "Child_pseudonym_key" ON "Child"("pseudonym");

-- CreateIndex
CREATE INDEX "Carer_childId_idx" ON "Carer"("childId");

-- CreateIndex
CREATE INDEX "Pairing_volunteerId_idx" ON "Pairing"("volunteerId");

-- CreateIndex
CREATE INDEX "Pairing_childId_idx" ON "Pairing"("childId");

-- CreateIndex
CREATE INDEX "Visit_pairingId_onDate_idx" ON "Visit"("pairingId", "onDate");

-- CreateIndex
CREATE INDEX "JobRun_job_startedAt_idx" ON "JobRun"("job", "startedAt");

-- CreateIndex
CREATE INDEX "Setting_name_at_idx" ON "Setting"("name", "at");

-- The search copy: two-character pieces of a grievance's masked text (no phones, ids or names). The index keeps no text of its own.
CREATE VIRTUAL TABLE "CaseSearch" USING fts5(pieces, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0');
CREATE TABLE "CaseSearchRow" ("rowNo" INTEGER NOT NULL PRIMARY KEY, "caseId" TEXT NOT NULL UNIQUE);
