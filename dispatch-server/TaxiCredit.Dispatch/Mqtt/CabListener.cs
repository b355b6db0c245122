using System.Net;
using System.Net.Sockets;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Implementations;
using MQTTnet.Server;

namespace TaxiCredit.Dispatch.Mqtt;

/// <summary>Takes connections for the embedded broker, each behind a <see cref="PacketLimit"/>.</summary>
/// <param name="address">Port 0 takes a free one.</param>
/// <param name="oversize">A client announced a packet beyond the limit; called on any thread.</param>
internal sealed partial class CabListener(IPEndPoint address, Action oversize, ILogger log) : IMqttServerAdapter
{
    /// <summary>Connections that may wait to be taken: cabs of a city come back together when the server does.</summary>
    private const int Backlog = 4_096;

    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly Socket _socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

    public Func<IMqttChannelAdapter, Task> ClientHandler { get; set; } = _ => Task.CompletedTask;

    /// <summary>In use once started.</summary>
    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

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
                cab.NoDelay = true;
                await using var stream = new NetworkStream(cab);
                var channel = new PacketLimit(new MqttTcpChannel(stream, cab.LocalEndPoint, cab.RemoteEndPoint, null), oversize);
                using var adapter = new MqttChannelAdapter(
                    channel, new MqttPacketFormatterAdapter(new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax)), logger);
                await ClientHandler(adapter);
            }
            // A client that breaks the protocol or the connection affects no other.
            catch (Exception broken)
            {
                LogBroken(broken);
            }
        }
    }

    [LoggerMessage(4102, LogLevel.Error, "The embedded broker failed to accept a connection; retrying")]
    private partial void LogAcceptFailed(Exception fault);

    [LoggerMessage(4103, LogLevel.Debug, "A connection to the embedded broker broke")]
    private partial void LogBroken(Exception broken);
}
