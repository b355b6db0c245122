namespace Dispatch.Tests.Databases;

[TestClass]
public sealed class EveryDatabaseTests
{
    /// <summary>A class that is forgotten in <c>OnPostgres.cs</c> would silently run on SQLite alone.</summary>
    [TestMethod]
    public void TestsOfACity_OnSqlite_RunOnPostgresToo()
    {
        var classes = typeof(CityTests).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CityTests)) && !type.IsAbstract).ToList();
        var again = classes.Where(type => type.IsDefined(typeof(OnPostgresAttribute), inherit: false)).ToList();

        CollectionAssert.AreEquivalent(classes.Except(again).ToList(), again.ConvertAll(type => type.BaseType!));
        Assert.IsGreaterThan(5, again.Count);
    }
}
