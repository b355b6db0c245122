using TaxiCredit.Dispatch.Mqtt;

namespace TaxiCredit.Dispatch.Features.Displays;

/// <summary>One cause for which many windscreens are in the same state.</summary>
/// <param name="Cause"><c>brokerAway</c>, <c>returning</c>, <c>cityHeld</c> or <c>keyLost</c>.</param>
/// <param name="Displays">Windscreens that it concerns: of those that are returning only such as are on shift.</param>
/// <param name="Since">When it began; null where that is not known.</param>
internal sealed record SharedAlarm(StandingCause Cause, int Displays, DateTimeOffset? Since);

/// <summary>
/// What somebody must look at now: each shared cause once, however many windscreens it concerns, and each windscreen with a cause of its own.
/// </summary>
internal sealed record DisplayAlarms(IReadOnlyList<SharedAlarm> Shared, IReadOnlyList<StandingTwin> Single)
{
    public int Count => Shared.Count + Single.Count;

    public static DisplayAlarms Of(IReadOnlyCollection<StandingTwin> all, BrokerLink link)
    {
        var shared = new List<SharedAlarm>();
        // Without any windscreen, too: what is provisioned next would be out of reach.
        if (!link.IsUp)
            shared.Add(new(StandingCause.BrokerAway, all.Count, link.Since));
        Add(StandingCause.Returning, all.Count(one => one is { Standing.Cause: StandingCause.Returning, Twin.Driver: not null }), link.Since);
        Add(StandingCause.CityHeld, all.Count(one => one.Standing.Cause == StandingCause.CityHeld), null);
        Add(StandingCause.KeyLost, all.Count(one => one.Standing.Cause == StandingCause.KeyLost), null);
        return new(shared, [.. all.Where(one => one.Standing.Alarm is not null)]);

        void Add(StandingCause cause, int displays, DateTimeOffset? since)
        {
            if (displays > 0)
                shared.Add(new(cause, displays, since));
        }
    }
}
