using TaxiCredit.Dispatch.Data;

namespace Dispatch.Tests.Databases;

[TestClass]
public sealed class EveryDatabaseTests
{
    /// <summary>A class of tests that is forgotten in <c>OnPostgres.cs</c> would silently run on SQLite alone.</summary>
    [TestMethod]
    public void TestsOfACity_OnSqlite_RunOnPostgresToo()
    {
        var classes = typeof(CityTests).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.GetProperty("Database", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)?.PropertyType == typeof(DatabaseProvider))
            .ToList();
        var again = classes.Where(type => type.Name.EndsWith("OnPostgresTests", StringComparison.Ordinal)).ToList();

        CollectionAssert.AreEquivalent(classes.Except(again).ToList(), again.ConvertAll(type => type.BaseType!));
        Assert.IsGreaterThan(5, again.Count);
    }
}
