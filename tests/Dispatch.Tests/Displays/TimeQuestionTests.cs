using TaxiCredit.Dispatch.Features.Displays;
using TaxiCredit.Dispatch.Features.Displays.Reports;
using TaxiCredit.Dispatch.Wire;

namespace Dispatch.Tests.Displays;

/// <summary>A cab's question for the time: answered where its clock needs it.</summary>
[TestClass]
public sealed class TimeQuestionTests
{
    private const string Nonce = "0123456789abcdef";

    private static readonly DateTimeOffset Now = new(2018, 1, 2, 4, 0, 0, TimeSpan.Zero);

    [TestMethod]
    [DataRow("server", 0, false)]
    [DataRow("server", 10, false)]
    [DataRow("server", 11, true)]
    [DataRow("server", -10, false)]
    [DataRow("server", -11, true)]
    [DataRow("chip", 0, true)]
    [DataRow("network", 0, true)]
    [DataRow("floor", null, true)]
    [DataRow("none", null, true)]
    [DataRow("", 0, true)]
    public void Of_ClockAndSecondsOff_AsksWhereItIsNeeded(string clock, int? off, bool asks)
    {
        var at = off is { } seconds ? Now.ToUnixTimeSeconds() + seconds : 0;
        var question = TimeQuestion.Of(Display, Report(clock, Nonce, at), Now);

        Assert.AreEqual(asks ? new(Display, "00112233445566aa", Nonce) : null, question);
    }

    [TestMethod]
    public void Of_AUnitThatAsksNothing_IsNull() => Assert.IsNull(TimeQuestion.Of(Display, Report("", null, 0), Now));

    [TestMethod]
    public async Task State_WithAQuestion_IsAnsweredWithWhatTheServerHas()
    {
        await using var city = await DisplayCity.BuildAsync();
        await using var cab = await city.ConnectNewCabAsync(1);
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1, 2, 3)));
        await cab.NextAsync("incidents/ack");

        await cab.PublishAsync("state", cab.Sign(Asking(cab, "chip", "0123456789abcdef")));
        AssertAnswer(await cab.NextAsync("incidents/ack"), city.Now, 3, "0123456789abcdef");

        cab.Journal = "ffeeddccbbaa9988";
        await cab.PublishAsync("state", cab.Sign(Asking(cab, "none", "fedcba9876543210")));
        AssertAnswer(await cab.NextAsync("incidents/ack"), city.Now, 0, "fedcba9876543210");

        // A clock that is right asks in vain, and is in the twin all the same.
        var known = cab.N;
        await cab.PublishAsync("state", cab.Sign(Asking(cab, "server", "00000000000000aa").Replace("1514865600", $"{city.Now}", StringComparison.Ordinal)));
        await city.AwaitTwinAsync(cab.Unit.Id, twin => twin.Reported.N > known);
        await cab.PublishAsync("incidents", cab.Sign(cab.IncidentsJson(1)));
        Assert.IsFalse((await cab.NextAsync("incidents/ack")).Json.TryGetProperty("nonce", out _));
    }

    private static string Asking(TestCab cab, string clock, string nonce) =>
        cab.StateJson().Replace("\"journal\"", $"\"clock\":\"{clock}\",\"nonce\":\"{nonce}\",\"journal\"", StringComparison.Ordinal);

    private static void AssertAnswer(Received answer, long now, long through, string nonce) => Assert.AreEqual(
        (now, through, nonce),
        (answer.Json.GetProperty("now").GetInt64(), answer.Json.GetProperty("through").GetInt64(), answer.Json.GetProperty("nonce").GetString()));

    private static RegisteredDisplay Display { get; } = new(
        1, "disp-0001", 1, DisplayKeys.Derive(new byte[32], 1), null, DisplayKeys.Derive(new byte[32], DisplayKeys.LostEpoch), Guid.Empty);

    private static StateReport Report(string clock, string? nonce, long at) => new(
        at, clock, nonce, "00112233445566aa", 1, 1, "0.1.0", 0, 0, 0, 1, "nodata", "00000", [], 13_500, -61, 1, 1, 0);
}
