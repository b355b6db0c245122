namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>The way to the cabs, whichever broker it leads over. What comes in goes to <see cref="CabInbox"/>.</summary>
internal interface ICabLink
{
    /// <summary>
    /// The broker is there, and may hold nothing of what was retained before. Raised at every connection to it, the first included,
    /// on no particular thread.
    /// </summary>
    event Action? Connected;

    /// <summary>The connection to the broker has ended, and nothing of what cabs said over it is confirmed any more. On no particular thread.</summary>
    event Action? Lost;

    /// <summary>The connection to the broker, as far as this server knows.</summary>
    BrokerLink Link { get; }

    /// <summary>Another server at the same broker tells where to look: see <see cref="TellAsync"/>. On no particular thread.</summary>
    event Action<string>? Told;

    /// <summary>Notifies the other servers at the same broker; an embedded one has none. It may be lost silently.</summary>
    /// <param name="what">Ids of cabs with commas between them, or <c>*</c> for all.</param>
    Task TellAsync(string what);

    /// <summary>Publishes with QoS 1; done when the broker has it, which says nothing of the cab.</summary>
    /// <exception cref="BrokerGoneException">The broker is not there and may not have it; <see cref="Connected"/> follows when it is back.</exception>
    Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, bool retain, CancellationToken stop);
}

/// <summary>There is no connection to the broker.</summary>
internal sealed class BrokerGoneException(string message, Exception? cause = null) : IOException(message, cause);
