using System.Reflection;

namespace Dispatch.Tests.Databases;

[TestClass]
public sealed class EveryDatabaseTests
{
    private static readonly string[] Touched = ["locks", "SQL by hand", "order", "types", "transactions"];

    private static readonly Type[] Types = typeof(CityTests).Assembly.GetTypes();

    /// <summary>A class that is forgotten in <c>OnPostgres.cs</c> would silently run on SQLite alone.</summary>
    [TestMethod]
    public void TestsOfACity_OnSqlite_RunOnPostgresToo()
    {
        var classes = Types.Where(type => type.IsSubclassOf(typeof(CityTests)) && !type.IsAbstract).ToList();
        var again = classes.Where(type => type.IsDefined(typeof(OnPostgresAttribute), inherit: false)).ToList();

        CollectionAssert.AreEquivalent(classes.Except(again).ToList(), again.ConvertAll(type => type.BaseType!));
        Assert.IsGreaterThan(5, again.Count);
    }

    [TestMethod]
    public void Reasons_ForBothDatabases_NameWhatIsTouched()
    {
        var reasons = Types.Select(type => type.GetCustomAttribute<OnPostgresAttribute>(inherit: false)?.Because)
            .Concat(Types.SelectMany(type => type.GetMethods())
                .Select(method => method.GetCustomAttribute<DecidedByDatabaseAttribute>(inherit: false)?.Because))
            .OfType<string>().ToList();

        Assert.IsEmpty(reasons.Where(reason => reason.Split(": ") is not [var touched, _] || !Touched.Contains(touched)));
        CollectionAssert.IsSubsetOf(Touched, reasons.ConvertAll(reason => reason.Split(": ")[0]));
    }

    /// <summary>The reason on a test of a class that is not in <c>OnPostgres.cs</c> would promise what nobody runs.</summary>
    [TestMethod]
    public void Tests_DecidedByTheDatabase_RunOnPostgresToo()
    {
        var decided = Types.Where(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Any(method => method.IsDefined(typeof(DecidedByDatabaseAttribute)))).ToList();

        Assert.IsEmpty(decided.Where(type => !Types.Any(again => again.BaseType == type && again.IsDefined(typeof(OnPostgresAttribute), inherit: false))));
        Assert.IsGreaterThan(10, decided.Count);
    }
}
