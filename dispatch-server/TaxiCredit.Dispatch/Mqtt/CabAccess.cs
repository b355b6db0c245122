using System.Buffers;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>
/// Who may do what at the broker: user name, client id and display id are one, the password is that of a valid key epoch, a cab
/// publishes its own <c>state</c> and <c>incidents</c> and reads its own four topics. Null means yes.
/// </summary>
internal sealed class CabAccess(ICabIdentities cabs)
{
    public RefusedBecause? ToConnect(string? clientId, string? user, ReadOnlySpan<byte> password)
    {
        if (string.IsNullOrEmpty(user) || user != clientId)
            return RefusedBecause.Identity;
        if (!cabs.IsKnown(user))
            return RefusedBecause.Unknown;
        return cabs.IsPassword(user, password) ? null : RefusedBecause.Password;
    }

    /// <remarks>
    /// Of a payload without an envelope only the last will passes, so that what any client can put on a topic for others to read
    /// is signed or harmless.
    /// </remarks>
    public static RefusedBecause? ToPublish(string clientId, string topic, in ReadOnlySequence<byte> payload)
    {
        if (!Topics.TrySplit(topic, out var displayCode, out var leaf) || displayCode != clientId || !Topics.IsUp(leaf))
            return RefusedBecause.ForeignPublish;
        return payload.Length > Envelope.MaxBytes ? RefusedBecause.Length : null;
    }

    /// <remarks>Wildcards are foreign: no filter but the four topics themselves.</remarks>
    public static RefusedBecause? ToSubscribe(string clientId, string filter) =>
        Topics.TrySplit(filter, out var displayCode, out var leaf) && displayCode == clientId && !Topics.IsUp(leaf)
            ? null
            : RefusedBecause.ForeignSubscription;
}
