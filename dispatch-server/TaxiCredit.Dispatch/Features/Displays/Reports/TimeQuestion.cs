using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Reports;

/// <summary>A cab's question for the time, from its state.</summary>
/// <param name="Nonce">To be returned; 16 hex digits.</param>
internal sealed record TimeQuestion(RegisteredDisplay Display, string Journal, string Nonce)
{
    /// <summary>Seconds by which a cab's clock may differ: a state takes its time, and dates are what the clock is for.</summary>
    private const long Tolerance = 10;

    private const string ByServer = "server";

    /// <summary>The question, if it needs an answer: the cab's clock does not come from this server yet, or differs from it.</summary>
    public static TimeQuestion? Of(RegisteredDisplay display, StateReport report, DateTimeOffset receivedAt) =>
        report.Nonce is { } nonce && (report.Clock != ByServer || Math.Abs(report.At - receivedAt.ToUnixTimeSeconds()) > Tolerance)
            ? new(display, report.Journal, nonce)
            : null;
}
