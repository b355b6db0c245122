using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;
using TaxiCredit.Dispatch.Mqtt.Tls;
using TaxiCredit.Dispatch.Wire;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>Takes connections for the embedded broker, each behind a <see cref="PacketLimit"/>, and gives each a time to come to an accepted CONNECT.</summary>
/// <param name="address">Port 0 takes a free one.</param>
/// <param name="certificate">Null for a listener without TLS.</param>
/// <param name="refused">Something came that is not taken; called on any thread.</param>
internal sealed partial class CabListener(
    IPEndPoint address, BrokerCertificate? certificate, ArrivalLimits limits, Action<RefusedBecause> refused, TimeProvider time, ILogger log)
    : IMqttServerAdapter
{
    /// <summary>Connections that may wait to be taken: cabs of a city come back together when the server does.</summary>
    private const int Backlog = 4_096;

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
    private readonly Arrivals _arrivals = new(limits.Max, limits.MaxPerAddress);
    private readonly ConcurrentDictionary<IMqttChannelAdapter, Arrival> _waiting = new();

    public Func<IMqttChannelAdapter, Task> ClientHandler { get; set; } = _ => Task.CompletedTask;

    /// <summary>In use once started.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>Connections that have not come to an accepted CONNECT.</summary>
    public int Waiting => _arrivals.Count;

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _socket.Bind(address);
        _socket.Listen(Backlog);
        _ = AcceptAsync(options, logger);
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _stop.Cancel();
        _socket.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The CONNECT of a connection is accepted: it is a cab's and no longer waits. Nothing for one of another listener.</summary>
    public void Welcome(IMqttChannelAdapter adapter)
    {
        if (_waiting.TryRemove(adapter, out var arrival))
            arrival.Dispose();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var cab = await _socket.AcceptAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(cab, options, logger));
            }
            catch (Exception fault) when (!_stop.IsCancellationRequested)
            {
                // Out of file handles, mostly; those who are connected stay so.
                LogAcceptFailed(fault);
                await Task.Delay(PauseAfterFault);
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket cab, MqttServerOptions options, IMqttNetLogger logger)
    {
        using (cab)
        {
            try
            {
                if (_arrivals.TryEnter(((IPEndPoint)cab.RemoteEndPoint!).Address) is not { } place)
                {
                    refused(RefusedBecause.Crowd);
                    return;
                }

                using var arrival = new Arrival(place, cab, limits.Within, refused, time);
                cab.NoDelay = true;
                await using var stream = await SecureAsync(new NetworkStream(cab));
                var channel = new PacketLimit(new MqttTcpChannel(stream, cab.LocalEndPoint, cab.RemoteEndPoint, null), refused);
                using var adapter = new MqttChannelAdapter(
                    channel, new MqttPacketFormatterAdapter(new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax)), logger);
                _waiting[adapter] = arrival;
                try
                {
                    await ClientHandler(adapter);
                }
                finally
                {
                    _waiting.TryRemove(adapter, out _);
                }
            }
            // A client that breaks the protocol or the connection affects no other.
            catch (Exception broken)
            {
                LogBroken(broken);
            }
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream raw)
    {
        if (certificate is null)
            return raw;
        var secure = new SslStream(raw);
        try
        {
            await secure.AuthenticateAsServerAsync(certificate.Options, _stop.Token);
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    [LoggerMessage(4102, LogLevel.Error, "The embedded broker failed to accept a connection; retrying")]
    private partial void LogAcceptFailed(Exception fault);

    [LoggerMessage(4103, LogLevel.Debug, "A connection to the embedded broker broke")]
    private partial void LogBroken(Exception broken);

    /// <summary>A connection on its way to an accepted CONNECT. When its time is over its socket is closed.</summary>
    private sealed class Arrival : IDisposable
    {
        private readonly IDisposable _place;
        private readonly ITimer _late;
        private int _isDecided;

        public Arrival(IDisposable place, Socket cab, TimeSpan within, Action<RefusedBecause> refused, TimeProvider time)
        {
            _place = place;
            _late = time.CreateTimer(
                _ =>
                {
                    if (Interlocked.Exchange(ref _isDecided, 1) != 0)
                        return;
                    refused(RefusedBecause.Late);
                    cab.Dispose();
                },
                null, within, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            Interlocked.Exchange(ref _isDecided, 1);
            _late.Dispose();
            _place.Dispose();
        }
    }
}

/// <summary>How many may be on their way to an accepted CONNECT, and for how long.</summary>
internal sealed record ArrivalLimits(TimeSpan Within, int Max, int MaxPerAddress)
{
    /// <summary>In all, at one listener: cabs of a large city that come back together, and a bound for what strangers can hold.</summary>
    public const int Usual = 4_096;
}
