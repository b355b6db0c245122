namespace Firmware.Tests.World;

[TestClass]
public sealed class ExactlyOnceTests
{
    public TestContext TestContext { get; set; } = null!;

    /// <summary>Six cabs for a day each, two of them with a server that stays away.</summary>
    [TestMethod]
    public void Incidents_OfSixCabDays_ArriveOnceInOrderOrAreDeclaredLost() => Simulate(6, 1);

    /// <summary>Without a server evidence overwrites evidence: what is gone is declared, and what is left out by its kind's limit is no gap.</summary>
    [TestMethod]
    public void Incidents_OfACabWithoutAServerForTwoDays_OverflowAndAreDeclaredLost()
    {
        var world = new World(20171203, 2, isForsaken: true);
        world.Run();
        (int delivered, int lost) = world.Settle();
        TestContext.WriteLine($"{world.Journalled} journalled = {delivered} delivered + {lost} declared lost");
        Assert.IsGreaterThan(0, lost);
        Assert.AreEqual(world.Journalled, delivered + lost);
    }

    /// <summary>A hundred cabs for ten days each.</summary>
    [TestMethod]
    [TestCategory("slow")]
    public void Incidents_OfAThousandCabDays_ArriveOnceInOrderOrAreDeclaredLost() => Simulate(100, 10);

    private void Simulate(int cabs, int days)
    {
        const int firstSeed = 20171200;
        long journalled = 0;
        long delivered = 0;
        long lost = 0;
        long cuts = 0;
        for (int seed = firstSeed; seed < firstSeed + cabs; seed++)
        {
            try
            {
                var world = new World(seed, days);
                world.Run();
                (int here, int gone) = world.Settle();
                Assert.AreEqual(world.Journalled, here + gone);
                journalled += world.Journalled;
                delivered += here;
                lost += gone;
                cuts += world.PowerCuts;
            }
            catch (AssertFailedException e)
            {
                throw new AssertFailedException($"seed {seed}: {e.Message}", e);
            }
        }

        TestContext.WriteLine(
            $"{cabs * days} cab-days from seed {firstSeed}: {journalled} journalled = {delivered} delivered + {lost} declared lost; {cuts} power cuts");
        Assert.IsGreaterThan(0, cuts);
    }
}
