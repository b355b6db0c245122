namespace TaxiCredit.Firmware.Logic.Ports;

/// <summary>
/// The one queue between the link's threads and the control loop. When it is full, everything in it is dropped and one
/// <see cref="LinkReport.Overflowed"/> takes its place: the session then reconnects, and the broker sends its
/// retained messages again. So nothing that matters is lost, and nothing grows. Safe for many writers and one reader.
/// </summary>
internal sealed class LinkInbox
{
    public const int Capacity = 16;

    private readonly object _gate = new object();
    private readonly LinkReport[] _reports = new LinkReport[Capacity];
    private int _first;
    private int _count;

    public LinkInbox()
    {
        for (int i = 0; i < Capacity; i++) _reports[i] = new LinkReport();
    }

    public void Add(int kind, int number, string topic, byte[]? payload)
    {
        lock (_gate)
        {
            if (_count == Capacity)
            {
                _count = 0;
                kind = LinkReport.Overflowed;
                payload = null;
            }

            LinkReport report = _reports[(_first + _count) % Capacity];
            report.Kind = kind;
            report.Number = number;
            report.Topic = topic;
            report.Payload = payload;
            _count++;
        }
    }

    public bool TryTake(LinkReport into)
    {
        lock (_gate)
        {
            if (_count == 0) return false;

            LinkReport report = _reports[_first];
            into.Kind = report.Kind;
            into.Number = report.Number;
            into.Topic = report.Topic;
            into.Payload = report.Payload;
            report.Payload = null;
            _first = (_first + 1) % Capacity;
            _count--;
            return true;
        }
    }

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _count == 0;
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            for (int i = 0; i < Capacity; i++) _reports[i].Payload = null;
            _count = 0;
        }
    }
}
