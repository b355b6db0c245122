using Microsoft.Extensions.Time.Testing;
using TaxiCredit.Dispatch.Features.Accounts;

namespace Dispatch.Tests.Accounts;

[TestClass]
public sealed class SignInThrottleTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));

    [TestMethod]
    [DataRow(4, 0)]
    [DataRow(5, 30)]
    [DataRow(6, 60)]
    [DataRow(7, 120)]
    [DataRow(11, 1_920)]
    [DataRow(12, 3_600)]
    [DataRow(1_000_000, 3_600)]
    public void Wait_ByAttemptsInARow_GrowsToAnHour(int attempts, int seconds) =>
        Assert.AreEqual(TimeSpan.FromSeconds(seconds), SignInThrottle.WaitAfter(attempts));

    [TestMethod]
    [DataRow(4, 0)]
    [DataRow(5, 1)]
    [DataRow(6, 2)]
    [DataRow(10, 32)]
    [DataRow(11, 60)]
    [DataRow(1_000_000, 60)]
    public void WaitForACode_ByFailures_GrowsToAnHour(int failures, int minutes) =>
        Assert.AreEqual(TimeSpan.FromMinutes(minutes), SecondFactor.WaitAfter(failures));

    [TestMethod]
    public void Attempts_OfOneNameFromOnePlace_WaitAfterTheFifthAndNobodyElseDoes()
    {
        var throttle = new SignInThrottle(_time);
        for (var attempt = 1; attempt <= 5; attempt++)
            Assert.IsTrue(throttle.Begin("d-1", "192.0.2.1"), $"attempt {attempt}");

        Assert.IsFalse(throttle.Begin("D-1 ", "192.0.2.1"), "however it is written");
        Assert.IsTrue(throttle.Begin("d-1", "192.0.2.2"), "the owner comes from another place");
        Assert.IsTrue(throttle.Begin("d-2", "192.0.2.1"), "another name");
    }

    [TestMethod]
    public void Attempt_WithinTheWait_DoesNotLengthenIt()
    {
        var throttle = new SignInThrottle(_time);
        for (var attempt = 1; attempt <= 5; attempt++)
            throttle.Begin("d-1", "here");
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.IsFalse(throttle.Begin("d-1", "here"));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsTrue(throttle.Begin("d-1", "here"));
        Assert.IsFalse(throttle.Begin("d-1", "here"), "and the next wait begins");
    }

    [TestMethod]
    [DataRow(-1, false)]
    [DataRow(0, true)]
    public void Attempts_AfterADay_BeginAnew(int secondsLater, bool isFree)
    {
        var throttle = new SignInThrottle(_time);
        for (var attempt = 1; attempt <= 20; attempt++)
        {
            _time.Advance(TimeSpan.FromHours(1));
            throttle.Begin("d-1", "here");
        }

        _time.Advance(SignInThrottle.Forgotten + TimeSpan.FromSeconds(secondsLater));
        throttle.Begin("d-1", "here");

        Assert.AreEqual(isFree, throttle.Begin("d-1", "here"));
    }

    [TestMethod]
    public void Attempts_ManyAtOnce_AreEachCounted()
    {
        var throttle = new SignInThrottle(_time);

        var looked = Enumerable.Range(0, 200).AsParallel().Count(_ => throttle.Begin("d-1", "here"));

        Assert.AreEqual(5, looked);
    }

    [TestMethod]
    public void Attempts_OfMoreNamesThanAreKept_GiveUpThoseOfLongAgo()
    {
        var throttle = new SignInThrottle(_time);
        for (var attempt = 1; attempt <= 5; attempt++)
            throttle.Begin("first", "here");
        for (var name = 0; name < 50_000; name++)
        {
            _time.Advance(TimeSpan.FromTicks(1));
            throttle.Begin($"n-{name}", "here");
        }

        Assert.IsTrue(throttle.Begin("first", "here"), "memory is bounded");
        Assert.IsFalse(Enumerable.Range(0, 5).Select(_ => throttle.Begin("n-49999", "here")).All(looked => looked), "the newest are kept");
    }
}
