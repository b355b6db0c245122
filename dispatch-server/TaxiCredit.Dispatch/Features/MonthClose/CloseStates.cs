using TaxiCredit.Dispatch.Operations;

namespace TaxiCredit.Dispatch.Features.MonthClose;

internal enum CloseSignal { Begin, Preview, Sign, SignLast, Withdraw, Publish }

internal static class CloseStates
{
    /// <summary>People that must sign, each once.</summary>
    public const int SignaturesNeeded = 2;

    /// <summary>The whole state machine. Beginning again drops the signatures: they were for other figures.</summary>
    public static bool TryNext(CloseStatus from, CloseSignal signal, out CloseStatus to)
    {
        CloseStatus? next = (from, signal) switch
        {
            (CloseStatus.Open or CloseStatus.Previewed or CloseStatus.SignedOff, CloseSignal.Begin) => CloseStatus.Open,
            (CloseStatus.Open, CloseSignal.Preview) => CloseStatus.Previewed,
            (CloseStatus.Previewed, CloseSignal.Sign) => CloseStatus.Previewed,
            (CloseStatus.Previewed, CloseSignal.SignLast) => CloseStatus.SignedOff,
            (CloseStatus.Previewed or CloseStatus.SignedOff, CloseSignal.Withdraw) => CloseStatus.Previewed,
            (CloseStatus.SignedOff, CloseSignal.Publish) => CloseStatus.Published,
            _ => null,
        };
        to = next ?? from;
        return next is not null;
    }

    public static Refusal? Move(this Close close, CloseSignal signal)
    {
        if (!TryNext(close.Status, signal, out var to))
            return Refusal.Conflict("close-out-of-step", $"The close of {close.Period}, revision {close.Revision}, is {close.Status}; {Remedy(close.Status)}");

        close.Status = to;
        close.Version = Guid.NewGuid();
        return null;
    }

    private static string Remedy(CloseStatus status) => status switch
    {
        CloseStatus.Open => "it is being tallied; wait for its preview.",
        CloseStatus.Previewed => "it needs two signatures, an officer's and a supervisor's, before it is published.",
        CloseStatus.SignedOff => "it is signed and waits to be published; whoever signed can take the signature back, and another preview drops both.",
        _ => "what is published changes by a revision alone.",
    };
}
