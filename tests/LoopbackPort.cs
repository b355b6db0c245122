using System.Net;
using System.Net.Sockets;

namespace TaxiCredit.Tests;

/// <summary>
/// Ports for servers that have to be told theirs before they start. The system gives port 0's numbers to every connection of every process, so that
/// one found free may be taken a moment later; these lie below that range (32768 and up on Linux), and a process gives each of its own once.
/// </summary>
internal static class LoopbackPort
{
    private const int First = 18_000;
    private const int Count = 14_000;

    // Processes that run side by side begin far from each other: their ids mostly follow one another.
    private static int _next = Environment.ProcessId * 61 % Count;

    public static int Take()
    {
        for (var tried = 0; tried < Count; tried++)
        {
            var port = First + Interlocked.Increment(ref _next) % Count;
            if (IsFree(port))
                return port;
        }

        throw new InvalidOperationException($"No port from {First} to {First + Count - 1} is free on loopback.");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
