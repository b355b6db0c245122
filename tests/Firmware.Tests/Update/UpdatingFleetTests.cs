namespace Firmware.Tests.Update;

/// <summary>Cabs that are offered a program while everything fails at random; the seed says what.</summary>
[TestClass]
public sealed class UpdatingFleetTests
{
    private const int FirstSeed = 20171200;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Fleet_UnderLossAndPowerCuts_EndsConfirmedOnTheNewOrTheOldVersion() => Update(40);

    [TestMethod]
    [TestCategory("slow")]
    public void Fleet_OfAThousand_EndsConfirmedOnTheNewOrTheOldVersion() => Update(1000);

    private void Update(int cabs)
    {
        int sound = 0;
        int updated = 0;
        int bad = 0;
        int cuts = 0;
        int starts = 0;
        for (int seed = FirstSeed; seed < FirstSeed + cabs; seed++)
        {
            try
            {
                var world = new UpdatingWorld(seed);
                world.Run();
                cuts += world.Cuts;
                starts += world.Starts;
                if (world.IsSound) sound++;
                else bad++;
                if (world.IsUpdated) updated++;
                Assert.IsTrue(world.IsSound || !world.IsUpdated, "a program that does not work is never confirmed");
            }
            catch (AssertFailedException e)
            {
                throw new AssertFailedException($"seed {seed}: {e.Message}", e);
            }
        }

        TestContext.WriteLine(
            $"{cabs} cabs from seed {FirstSeed}: {updated} of {sound} updated, {bad} with bad programs on the one before; {starts} starts, {cuts} cuts");
        Assert.IsGreaterThan(cabs / 4, bad);
        Assert.IsGreaterThan(sound * 8 / 10, updated);
        Assert.IsGreaterThan(cabs / 2, cuts);
    }
}
