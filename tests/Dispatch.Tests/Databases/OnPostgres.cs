using Dispatch.Tests.Accounts;
using Dispatch.Tests.Cases;
using Dispatch.Tests.Displays;
using Dispatch.Tests.MonthClose;
using Dispatch.Tests.Recognition;
using Dispatch.Tests.Roster;
using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests.Databases;

// Every test that uses a database, inherited, with PostgreSQL in the place of SQLite.

[TestClass]
public sealed class TokenOnPostgresTests : TokenTests
{
    internal override DatabaseProvider Database => DatabaseProvider.Postgres;
}

[TestClass]
public sealed class CasesOnPostgresTests : CasesTests
{
    internal override DatabaseProvider Database => DatabaseProvider.Postgres;
}

[TestClass]
public sealed class WindscreenOnPostgresTests : WindscreenTests
{
    internal override DatabaseProvider Database => DatabaseProvider.Postgres;
}

[TestClass]
public sealed class MonthCloseOnPostgresTests : MonthCloseTests
{
    internal override DatabaseProvider Database => DatabaseProvider.Postgres;
}

[TestClass]
public sealed class ReplayOnPostgresTests : ReplayTests
{
    internal override DatabaseProvider Database => DatabaseProvider.Postgres;
}

[TestClass]
public sealed class RecognitionOnPostgresTests : RecognitionTests
{
    internal override DatabaseProvider Database => DatabaseProvider.Postgres;
}

[TestClass]
public sealed class RosterOnPostgresTests : RosterTests
{
    internal override DatabaseProvider Database => DatabaseProvider.Postgres;
}
