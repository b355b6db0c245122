-- What the program of the baseline had stored, a row or more in each table; frozen with its schema. ADR 0023.
INSERT INTO "Settings" ("Name", "Value") VALUES
('bureau-date', '2017-08-15'),
('city', 'small');
INSERT INTO "Leases" ("Name", "Holder", "Fence", "Until") VALUES
('close-1', 'worker', 1, 0),
('close-2', 'worker', 1, 0),
('close-3', 'worker', 1, 0),
('erasure', 'worker', 1, 0),
('windscreens', 'worker', 1, 0);
INSERT INTO "Actors" ("Id", "Name", "Role") VALUES
(1, 'officer-a', 'Officer'),
(2, 'officer-b', 'Officer'),
(3, 'supervisor-a', 'Supervisor'),
(4, 'auditor-a', 'Auditor'),
(5, 'admin-a', 'Admin');
INSERT INTO "ApiTokens" ("Id", "Name", "Sha256", "CreatedAt", "RevokedAt") VALUES
(1, 'test', '67d29f3e4697002fd3cad286421730eb2242fa46d6cee453a8b72de157e9e19c', 0, NULL);
INSERT INTO "Teams" ("Id", "Code", "Name") VALUES
(1, 't-1', 'First'),
(2, 't-2', 'Second');
INSERT INTO "Cabs" ("Id", "Code", "Plate", "TeamId", "PassengerCode") VALUES
(1, 'cab-1', '鲁K·T0001', 1, '5drzj10wr677'),
(2, 'cab-2', '鲁K·T0002', 1, 'qn91gn2tfts7'),
(3, 'cab-3', '鲁K·T0003', 2, '3m1smfp72j8k');
INSERT INTO "Drivers" ("Id", "Code", "Name", "HomeCabId") VALUES
(1, 'd-1', 'Driver 1', 1),
(2, 'd-2', 'Driver 2', 2),
(3, 'd-3', 'Driver 3', 3);
INSERT INTO "Leaderships" ("Id", "TeamId", "DriverId", "AppointedOn", "RemovedOn") VALUES
(1, 1, 1, '2017-01-01', NULL);
INSERT INTO "Shifts" ("Id", "DriverId", "CabId", "OnAt", "OnDay", "OffAt", "OffDay") VALUES
(1, 1, 1, 1795991627072, '2017-01-01', NULL, NULL),
(2, 2, 2, 1795991627105, '2017-01-01', NULL, NULL),
(3, 3, 3, 1795991627161, '2017-01-01', 1795991627691, '2017-08-15');
INSERT INTO "Cases" (
    "Id", "Number", "Kind", "Status", "DriverId", "Code", "ConductOn", "ConductHour", "Place", "Account", "Reporter", "PropertyFen", "SubmittedOn",
    "SubmittedBy", "DecidedOn", "DecidedBy", "DecidedCode", "Reason", "LedgerSequence", "Version", "ComplexBy", "ComplexOn", "ComplexReason") VALUES
(1, 'c-000001', 'Complaint', 'Upheld', 2, 'S01', '2017-06-10', NULL, 'Chengshan Road', 'As the passenger tells it.', NULL, NULL, '2017-06-20',
    'officer-a', '2017-06-20', 'officer-a', 'S01', 'Borne out by the meter.', 1, 'A3F2D19D-7850-4999-A039-E381D4F7E2B9', NULL, NULL, NULL),
(2, 'c-000002', 'Infringement', 'Upheld', 2, 'T01', '2017-06-11', NULL, 'Chengshan Road', 'As the passenger tells it.', NULL, NULL, '2017-06-20',
    'officer-a', '2017-06-20', 'officer-a', 'T01', 'Borne out by the meter.', 2, '65A1E71F-9A56-4EE8-BA7E-61BF55A29AE2', NULL, NULL, NULL),
(3, 'c-000003', 'Merit', 'Upheld', 3, 'M05', '2017-06-12', NULL, 'Chengshan Road', 'As the passenger tells it.', NULL, NULL, '2017-06-20',
    'officer-a', '2017-06-20', 'officer-a', 'M05', 'Borne out by the meter.', 3, '55497550-92BD-4EDB-B972-1E17DCED51E6', NULL, NULL, NULL),
(4, 'c-000004', 'Complaint', 'Upheld', 1, 'S10', '2017-08-10', NULL, 'Chengshan Road', 'As the passenger tells it.', NULL, NULL, '2017-08-15',
    'officer-a', '2017-08-15', 'officer-a', 'S10', 'Borne out by the meter.', 5, '4C366D04-CF0C-4453-B792-A6D2348263AE', NULL, NULL, NULL),
(5, 'c-000005', 'Complaint', 'Submitted', 3, 'S01', '2017-08-11', NULL, 'Chengshan Road', 'As the passenger tells it.', NULL, NULL, '2017-08-15',
    'officer-a', NULL, NULL, NULL, NULL, NULL, '00000000-0000-0000-0000-000000000000', NULL, NULL, NULL);
INSERT INTO "CasePhotos" ("CaseId", "File", "Size") VALUES
(5, '0123456789abcdef', 48213);
INSERT INTO "Ledger" (
    "Sequence", "DriverId", "Driver", "Kind", "Code", "Points", "MaxStars", "ConductOn", "DecidedOn", "Case", "Reverses", "DetailsCommitment", "Hash",
    "PreviousHash") VALUES
(1, 2, 'd-2', 'Decision', 'S01', -5000, NULL, '2017-06-10', '2017-06-20', 'c-000001', NULL,
    '215cda53df45e8107a9f6149391f1b795cb600bcebdecbaafd05eea13e274a48', '2b4bd2df4c6923dbcf5caa8bb7db9dcbba6bc28cd92081ca835537edd2749cff',
    '51586da166495296307de86538533488433380c8316361ed86a95fe4d226c683'),
(2, 2, 'd-2', 'Decision', 'T01', -2500, NULL, '2017-06-11', '2017-06-20', 'c-000002', NULL,
    '33962f0dbc72c3955f71e76377ee8e957a31cacf9adf5a6fa2317fafa6204736', '289c387f456865bdc5833878f55b673375b5c1d3cb9a86a243b0d402f169e712',
    '2b4bd2df4c6923dbcf5caa8bb7db9dcbba6bc28cd92081ca835537edd2749cff'),
(3, 3, 'd-3', 'Decision', 'M05', 5000, NULL, '2017-06-12', '2017-06-20', 'c-000003', NULL,
    '7a036028e301475b9eb419042337094d4c4042bfbdb73f50f894f051fbf37eb9', 'acd4cefbece7a3d3666ac8d7fbee76d6fb0dcd42ebf6db175f6adabb56ef116f',
    '289c387f456865bdc5833878f55b673375b5c1d3cb9a86a243b0d402f169e712'),
(4, 2, 'd-2', 'Reversal', 'T01', 2500, NULL, '2017-06-11', '2017-08-15', 'c-000002', 2,
    '4160b20fa838bfdf4a8f38ed4ea549dd283af85b82b63c208308e6d2bf21feb1', 'bf93c3a60a7a6fd17124848bfe3ae8871ce6fdc38657e69aeaa14420e9d8eb54',
    'acd4cefbece7a3d3666ac8d7fbee76d6fb0dcd42ebf6db175f6adabb56ef116f'),
(5, 1, 'd-1', 'Decision', 'S10', -500, NULL, '2017-08-10', '2017-08-15', 'c-000004', NULL,
    '189d6dab6b3a1fb232b0a5200b3a91e4922480cec4c93b7e22180c4ff3d252eb', '38b2c9ded29dc94a675bed42701874ab97c452efcc411e04ecdb8e119bccfb7b',
    'bf93c3a60a7a6fd17124848bfe3ae8871ce6fdc38657e69aeaa14420e9d8eb54');
INSERT INTO "LedgerDetails" ("Sequence", "Salt", "Json") VALUES
(1, X'7678c880020a311020ca6f53754db16d',
    '{"kind":"complaint","conductHour":null,"place":"Chengshan Road","reason":"Borne out by the meter.","corroboration":null}'),
(2, X'97e7481996da425a41bd8476ec94fc0d',
    '{"kind":"infringement","conductHour":null,"place":"Chengshan Road","reason":"Borne out by the meter.","corroboration":null}'),
(3, X'444dba360934b779f7a2acfa063ef832',
    '{"kind":"merit","conductHour":null,"place":"Chengshan Road","reason":"Borne out by the meter.","corroboration":null}'),
(4, X'42e2e8d54608e15fd231c2af335f6f7d', '{"reason":"The meter''s reading was the driver''s before."}'),
(5, X'f81668abf803c05fe7b588fdb19d5b97',
    '{"kind":"complaint","conductHour":null,"place":"Chengshan Road","reason":"Borne out by the meter.","corroboration":null}');
INSERT INTO "Closes" (
    "Id", "Period", "Revision", "Status", "LedgerSequence", "RulebookId", "RulebookFrom", "RulebookHash", "Digest", "PreviewedBy", "Reason", "LedById",
    "PublishedBy", "PublishedAt", "Version", "BuildsOnId", "DriversThrough", "TalliedThrough") VALUES
(1, '2017-06', 1, 'Published', 3, 'rongcheng-taxi', '2016-01-01', '538ae67f7ec38da9a2d4269e2278bc63e67a91d540a8e276fdee636a4d4afeed',
    '21167099393588caf1b1f9255f109e659a9019b509e4ff6ca54d36ae78afd4b6', 'officer-a', '', NULL, 'officer-a', 1795991627386,
    '78506315-E049-478E-B5B3-D762154ADA32', NULL, 3, 3),
(2, '2017-06', 2, 'Published', 4, 'rongcheng-taxi', '2016-01-01', '538ae67f7ec38da9a2d4269e2278bc63e67a91d540a8e276fdee636a4d4afeed',
    'da6ab0350b3dd3bff9f1774aeabfc08c00a733db25ab9a716eb7875ced0b991f', 'supervisor-a', 'An entry was reversed.', NULL, 'officer-a', 1795991627619,
    '47D6D3AF-4EBB-41B6-9D02-BE329A776A05', NULL, 3, 3),
(3, '2017-07', 1, 'Published', 4, 'rongcheng-taxi', '2016-01-01', '538ae67f7ec38da9a2d4269e2278bc63e67a91d540a8e276fdee636a4d4afeed',
    'c477c4f87be4ffb980656a3621ff21aec1b9679c2af2df8a0088e16b70df4cd6', 'officer-a', '', NULL, 'officer-a', 1795991627672,
    '576B1F2B-30C7-4DBB-A739-FEF1460BCE88', 2, 3, 3);
INSERT INTO "Signature" ("CloseId", "Actor", "At") VALUES
(1, 'officer-a', 1795991627377),
(1, 'supervisor-a', 1795991627381),
(2, 'officer-a', 1795991627607),
(2, 'supervisor-a', 1795991627610),
(3, 'officer-a', 1795991627665),
(3, 'supervisor-a', 1795991627669);
INSERT INTO "Ratings" ("CloseId", "DriverId", "Points", "Stars", "DaysOnShift", "PreviousStars") VALUES
(1, 1, 100000, 4, 181, NULL),
(1, 2, 92500, 3, 181, NULL),
(1, 3, 105000, 4, 181, NULL),
(2, 1, 100000, 4, 181, NULL),
(2, 2, 95000, 3, 181, NULL),
(2, 3, 105000, 4, 181, NULL),
(3, 1, 100000, 4, 212, 4),
(3, 2, 95000, 3, 212, 3),
(3, 3, 105000, 4, 212, 4);
INSERT INTO "Referrals" ("Id", "DriverId", "Year", "Period", "Reason", "ReferredBy", "ReferredOn") VALUES
(1, 1, 2017, '2017-07', '拾金不昧', 'officer-a', '2017-08-15');
INSERT INTO "Displays" (
    "Id", "Code", "CabId", "SealedRootKey", "ProvisionedAt", "Epoch", "PendingEpoch", "PasswordSha256", "PendingPasswordSha256", "Version") VALUES
(1, 'disp-0001', 1,
    X'09f0c9f0f5a6d2aa73f01e4c8321402c4d599561c85bccb35a9d5af27580e06771cad5108340f8f595c077086b0ad594ef54e47ec40e15848cfaf02471b398b3b9760018f8d97a1080b9010cefd3126e4b685a7dc5e117897502593c04739104d65e1d66cbbe46726c40850f6eb7eb9ace086939ff3b07084d5e1f5b0e5db7f849552dbd',
    1795991627209, 1, NULL, X'e1636e8179a2e7f34ea0dcdde000175b07caeb92d1ff75209471def84c284f96', NULL, '1FD3CD63-5C50-4A59-9BCC-B01CD1A5E0A1'),
(2, 'disp-0002', 2,
    X'09f0c9f0f5a6d2aa73f01e4c8321402c4d599561af9716692c39883d890bd7b4535aad172c38fb19f53ca26596317f57727b814af7a742fe5f8e052622ea025582c0874106ff5cf8c288f00100307f3473043074831ba5bb8cd9d0b7677b04f9f36e7a0de507bed039a65720f544a0bc09038f5d0e8827448b8086ff10d0124ad20b1ddc',
    1795991627257, 1, NULL, X'2628b67837117be6070598b389f02945c9793686f595da2738b80e014ca15d27', NULL, '68755B61-121A-46CB-85D8-1E869C7A0E9C');
INSERT INTO "DesiredRatings" ("DisplayId", "Kind", "Stars", "Period", "Driver", "From", "Until", "Hold", "IsSole", "Rev", "Now", "SignedEpoch", "Payload") VALUES
(1, 'Rated', 4, '2017-07', 'd-1', 1795991627, 1799015627, 3024000, TRUE, 1795991629, 1795991627, 1,
    X'396531616262636261616530316164626163343433643432646332303634636637316461323439663935653734353631343466316231393038303265383164640a7b2276223a312c22746f706963223a2274632f76312f642f646973702d303030312f726174696e67222c22726576223a313739353939313632392c226e6f77223a313739353939313632372c226b696e64223a227261746564222c227374617273223a342c22706572696f64223a22323031372d3037222c22647269766572223a22642d31222c2266726f6d223a313739353939313632372c22756e74696c223a313739393031353632372c22686f6c64223a333032343030307d'),
(2, 'Rated', 3, '2017-07', 'd-2', 1795991627, 1799015627, 3024000, TRUE, 1795991628, 1795991627, 1,
    X'396364626534353763663465323264653735656130636262626131616136663735363433326133376230326630323232376631306265353864343964396138370a7b2276223a312c22746f706963223a2274632f76312f642f646973702d303030322f726174696e67222c22726576223a313739353939313632382c226e6f77223a313739353939313632372c226b696e64223a227261746564222c227374617273223a332c22706572696f64223a22323031372d3037222c22647269766572223a22642d32222c2266726f6d223a313739353939313632372c22756e74696c223a313739393031353632372c22686f6c64223a333032343030307d');
INSERT INTO "DesiredConfigs" (
    "DisplayId", "Heartbeat", "Day", "Night", "DayLux", "NightLux", "Ntp1", "Ntp2", "Epoch", "Rev", "Now", "SignedEpoch", "Payload") VALUES
(1, 60, 1000, 20, 2000, 5, NULL, NULL, 1, 1795991627, 1795991627, 1,
    X'663764633938636630333231383566646433343632333539623866396262316632643538666333326337643065306136363636383333356565303466613830300a7b2276223a312c22746f706963223a2274632f76312f642f646973702d303030312f636f6e666967222c22726576223a313739353939313632372c226e6f77223a313739353939313632372c22686561727462656174223a36302c22646179223a313030302c226e69676874223a32302c226461794c7578223a323030302c226e696768744c7578223a352c2265706f6368223a317d'),
(2, 60, 1000, 20, 2000, 5, NULL, NULL, 1, 1795991627, 1795991627, 1,
    X'303830633162336363343333373332393663336635336631376434636334383431663939316235353537636362343966323431313335383439383065396532300a7b2276223a312c22746f706963223a2274632f76312f642f646973702d303030322f636f6e666967222c22726576223a313739353939313632372c226e6f77223a313739353939313632372c22686561727462656174223a36302c22646179223a313030302c226e69676874223a32302c226461794c7578223a323030302c226e696768744c7578223a352c2265706f6368223a317d');
INSERT INTO "GivenCommands" ("DisplayId", "Do", "Expires", "Rev", "Now", "SignedEpoch", "Payload") VALUES
(1, 'selftest', 1795900300, 1795900001, 1795900001, 1, X'7b2276223a317d');
INSERT INTO "ReportedTwins" (
    "DisplayId", "Online", "ReceivedAt", "At", "Journal", "Boot", "N", "Firmware", "Rev", "ConfigRev", "CommandRev", "Epoch", "State", "Lit", "Faults",
    "Battery", "Rssi", "Up", "Free", "Backlog") VALUES
(1, TRUE, 1795900000000, 1795900000, '0a1b2c3d', 3, 17, '1.0.0', 1795900000, 1795900000, 1795900001, 1, 'showing', '11111', '', 12600, -61, 4000,
    90000, 1),
(2, FALSE, NULL, 0, '', 0, 0, '', 0, 0, 0, 0, '', '00000', 'star1-open,bar-open', 0, 0, 0, 0, 0);
INSERT INTO "SupersededJournals" ("DisplayId", "Journal", "At") VALUES
(1, 'ffeeddcc', 1795900000000);
INSERT INTO "Incidents" ("Id", "DisplayId", "Journal", "Seq", "Kind", "Arg", "At", "Boot", "Up", "ReceivedAt") VALUES
(1, 1, '0a1b2c3d', 1, 'boot', 0, NULL, 3, 2, 1795900000000),
(2, 1, '0a1b2c3d', 2, 'tamper', -1, 1795900000, NULL, NULL, 1795900000000);
INSERT INTO "Accounts" (
    "Id", "Number", "IsDemo", "UserName", "NormalizedUserName", "PasswordHash", "SecurityStamp", "ConcurrencyStamp", "TwoFactorEnabled", "LockoutEnd",
    "LockoutEnabled", "AccessFailedCount", "CodeStep") VALUES
(1, '330001', FALSE, 'officer-a', 'OFFICER-A', 'AQAAAAIAAYagAAAAEA==', 'STAMP', '5f0c', TRUE, NULL, TRUE, 2, 59863333),
(2, NULL, FALSE, 'd-1', 'D-1', NULL, 'STAMP', '5f0d', FALSE, 1795900000000, TRUE, 0, NULL);
INSERT INTO "AccountSecrets" ("UserId", "LoginProvider", "Name", "Value") VALUES
(1, 'TaxiCredit', 'AuthenticatorKey', 'sealed');
INSERT INTO "Passkeys" ("CredentialId", "UserId", "Data") VALUES
(X'000102030405060708090a0b0c0d0e0f', 1,
    '{"AttestationObject":"AAEC","ClientDataJson":"AAEC","CreatedAt":1795900000000,"IsBackedUp":false,"IsBackupEligible":true,"IsUserVerified":true,"Name":"phone","PublicKey":"AAEC","SignCount":7,"Transports":["internal"]}');
INSERT INTO "Sessions" ("Id", "Name", "IsProven", "BegunAt", "SeenAt", "Device") VALUES
('00000001-0000-4000-8000-000000000000', 'officer-a', TRUE, 1795900000000, 1795900000001, 'Firefox on Linux');
INSERT INTO "Invitations" ("Id", "Name", "Number", "Sha256", "By", "ExpiresAt", "AcceptedAt") VALUES
(1, 'd-2', NULL, 'abababababababababababababababababababababababababababababababab', 'officer-a', 1795986400000, NULL);
INSERT INTO "PassengerReports" (
    "Id", "Receipt", "Submission", "Kind", "CabId", "Code", "ConductOn", "ConductHour", "Place", "Account", "ReceivedAt", "SubmittedOn", "Status",
    "HeldFor", "CaseId", "Remark", "Version", "RejectedOn") VALUES
(1, '7KQ4-M2XA', '00000002-0000-4000-8000-000000000000', 'Complaint', 3, 'S01', '2017-08-11', 14, '成山大道', 'It''s what the passenger "said"; 绕道。',
    1795900000000, '2017-08-12', 'Assigned', NULL, 5, 'By the shift.', '00000003-0000-4000-8000-000000000000', NULL),
(2, '9PZ2-QQ31', '00000004-0000-4000-8000-000000000000', 'Merit', 1, NULL, '2017-08-13', NULL, '', 'Thanks', 1795900000000, '2017-08-13',
    'Rejected', 'ManyOfCab', NULL, 'A copy.', '00000005-0000-4000-8000-000000000000', '2017-08-14');
INSERT INTO "ReportContacts" ("ReportId", "Sealed") VALUES
(1, X'00017365616c6564ff');
INSERT INTO "ReportPhotos" ("ReportId", "File", "Size") VALUES
(1, 'fedcba9876543210', 70001);
INSERT INTO "StarChecks" (
    "Id", "CabId", "Seen", "Confirmed", "ConfirmedAt", "Driver", "OpenedAt", "LastAt", "Times", "ClosedAt", "ClosedBy", "Finding", "Version") VALUES
(1, 1, NULL, '4', 1795900000000, 'd-1', 1795900000000, 1795900000005, 2, NULL, NULL, NULL, '00000006-0000-4000-8000-000000000000'),
(2, 2, 0, 'nothing', NULL, NULL, 1795900000000, 1795900000000, 1, 1795900000009, 'officer-a', 'One lamp was out.',
    '00000007-0000-4000-8000-000000000000');
INSERT INTO "Audit" ("Id", "At", "Actor", "Operation", "Subject", "Detail") VALUES
(1, 1795991626978, 'officer-a', 'add-team', 't-1', ''),
(2, 1795991627039, 'officer-a', 'add-team', 't-2', ''),
(3, 1795991627049, 'officer-a', 'add-cab', 'cab-1', '鲁K·T0001 in t-1'),
(4, 1795991627065, 'officer-a', 'add-driver', 'd-1', 'home cab cab-1'),
(5, 1795991627072, 'officer-a', 'sign-on', 'd-1', 'cab-1'),
(6, 1795991627085, 'officer-a', 'add-cab', 'cab-2', '鲁K·T0002 in t-1'),
(7, 1795991627091, 'officer-a', 'add-driver', 'd-2', 'home cab cab-2'),
(8, 1795991627105, 'officer-a', 'sign-on', 'd-2', 'cab-2'),
(9, 1795991627121, 'officer-a', 'add-cab', 'cab-3', '鲁K·T0003 in t-2'),
(10, 1795991627139, 'officer-a', 'add-driver', 'd-3', 'home cab cab-3'),
(11, 1795991627161, 'officer-a', 'sign-on', 'd-3', 'cab-3'),
(12, 1795991627173, 'officer-a', 'appoint-leader', 't-1', 'd-1'),
(13, 1795991627241, 'admin-a', 'provision-display', 'disp-0001', 'cab-1'),
(14, 1795991627258, 'admin-a', 'provision-display', 'disp-0002', 'cab-2'),
(15, 1795991627292, 'officer-a', 'record-case', 'c-000001', 'Complaint S01 d-2'),
(16, 1795991627314, 'officer-a', 'decide-case', 'c-000001', 'Upheld S01'),
(17, 1795991627318, 'officer-a', 'record-case', 'c-000002', 'Infringement T01 d-2'),
(18, 1795991627321, 'officer-a', 'decide-case', 'c-000002', 'Upheld T01'),
(19, 1795991627324, 'officer-a', 'record-case', 'c-000003', 'Merit M05 d-3'),
(20, 1795991627327, 'officer-a', 'decide-case', 'c-000003', 'Upheld M05'),
(21, 1795991627344, 'officer-a', 'preview-month', '2017-06',
    'revision 1 through 3 digest 21167099393588caf1b1f9255f109e659a9019b509e4ff6ca54d36ae78afd4b6'),
(22, 1795991627377, 'officer-a', 'sign-month', '2017-06', 'revision 1 digest 21167099393588caf1b1f9255f109e659a9019b509e4ff6ca54d36ae78afd4b6'),
(23, 1795991627381, 'supervisor-a', 'sign-month', '2017-06', 'revision 1 digest 21167099393588caf1b1f9255f109e659a9019b509e4ff6ca54d36ae78afd4b6'),
(24, 1795991627386, 'officer-a', 'publish-month', '2017-06', 'revision 1 digest 21167099393588caf1b1f9255f109e659a9019b509e4ff6ca54d36ae78afd4b6'),
(25, 1795991627407, 'supervisor-a', 'reverse-entry', 'c-000002', 'entry 2 by 4'),
(26, 1795991627415, 'supervisor-a', 'revise-month', '2017-06', 'An entry was reversed.; recomputed 2017-06'),
(27, 1795991627596, 'supervisor-a', 'preview-month', '2017-06',
    'revision 2 through 4 digest da6ab0350b3dd3bff9f1774aeabfc08c00a733db25ab9a716eb7875ced0b991f'),
(28, 1795991627607, 'officer-a', 'sign-month', '2017-06', 'revision 2 digest da6ab0350b3dd3bff9f1774aeabfc08c00a733db25ab9a716eb7875ced0b991f'),
(29, 1795991627610, 'supervisor-a', 'sign-month', '2017-06', 'revision 2 digest da6ab0350b3dd3bff9f1774aeabfc08c00a733db25ab9a716eb7875ced0b991f'),
(30, 1795991627619, 'officer-a', 'publish-month', '2017-06', 'revision 2 digest da6ab0350b3dd3bff9f1774aeabfc08c00a733db25ab9a716eb7875ced0b991f'),
(31, 1795991627659, 'officer-a', 'preview-month', '2017-07',
    'revision 1 through 4 digest c477c4f87be4ffb980656a3621ff21aec1b9679c2af2df8a0088e16b70df4cd6'),
(32, 1795991627665, 'officer-a', 'sign-month', '2017-07', 'revision 1 digest c477c4f87be4ffb980656a3621ff21aec1b9679c2af2df8a0088e16b70df4cd6'),
(33, 1795991627669, 'supervisor-a', 'sign-month', '2017-07', 'revision 1 digest c477c4f87be4ffb980656a3621ff21aec1b9679c2af2df8a0088e16b70df4cd6'),
(34, 1795991627672, 'officer-a', 'publish-month', '2017-07', 'revision 1 digest c477c4f87be4ffb980656a3621ff21aec1b9679c2af2df8a0088e16b70df4cd6'),
(35, 1795991627677, 'officer-a', 'record-case', 'c-000004', 'Complaint S10 d-1'),
(36, 1795991627681, 'officer-a', 'decide-case', 'c-000004', 'Upheld S10'),
(37, 1795991627684, 'officer-a', 'record-case', 'c-000005', 'Complaint S01 d-3'),
(38, 1795991627691, 'officer-a', 'sign-off', 'd-3', 'cab-3');
