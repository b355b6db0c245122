using TaxiCredit.Dispatch.Mqtt;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Features.Displays.Life;

/// <summary>
/// What is left to do when an identity has died, beyond refusing it: the broker forgets what it keeps for it, and what it said last is nobody's word any
/// more. Does not wait; what fails is harmless, as nobody can read it or vouch for it.
/// </summary>
internal sealed class DeadIdentities(ICabLink link, CabInbox inbox, TimeProvider time)
{
    public void Bury(string displayCode) => _ = BuryAsync(displayCode);

    private async Task BuryAsync(string displayCode)
    {
        // Behind whatever came in before: a unit with a new key begins unheard.
        await inbox.PutAsync(new(Topics.Of(displayCode, Topics.State), Envelope.Offline.ToArray(), time.GetUtcNow()), CancellationToken.None);
        try
        {
            foreach (var leaf in new[] { Topics.Rating, Topics.Config })
                await link.PublishAsync(Topics.Of(displayCode, leaf), ReadOnlyMemory<byte>.Empty, retain: true, CancellationToken.None);
        }
        catch (BrokerGoneException)
        {
            // It comes back with nothing, and is filled with what is true then.
        }
    }
}
