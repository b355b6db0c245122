using System.Globalization;
using System.Text;
using TaxiCredit.Dispatch.Data;

namespace TaxiCredit.Dispatch.Features.Metrics;

/// <summary>
/// Writes figures in the text format of Prometheus, version 0.0.4
/// (https://prometheus.io/docs/instrumenting/exposition_formats/). Units are base units, seconds and bytes.
/// </summary>
internal sealed class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public void Gauge(string name, string help, double value) => Gauge(name, help, [("", "", value)]);

    /// <param name="values">Name and value of the one label, which are empty for none.</param>
    public void Gauge(string name, string help, IEnumerable<(string Label, string Of, double Value)> values) => Write(name, "gauge", help, values);

    public void Counter(string name, string help, IEnumerable<(string Label, string Of, double Value)> values) => Write(name, "counter", help, values);

    public void Histogram(string name, string help, IEnumerable<(string Label, string Of, Spread Spread)> spreads)
    {
        Head(name, "histogram", help);
        foreach (var (label, of, spread) in spreads)
        {
            var (buckets, sum) = spread.Read();
            var own = label.Length == 0 ? "" : $"{label}=\"{Escape(of)}\",";
            foreach (var (upTo, count) in buckets)
                _text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{own}le=\"{Number(upTo)}\"}} {count}\n");
            _text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Labels(label, of)} {Number(sum)}\n");
            _text.Append(CultureInfo.InvariantCulture, $"{name}_count{Labels(label, of)} {buckets[^1].Count}\n");
        }
    }

    public override string ToString() => _text.ToString();

    private void Write(string name, string type, string help, IEnumerable<(string Label, string Of, double Value)> values)
    {
        Head(name, type, help);
        foreach (var (label, of, value) in values)
            _text.Append(CultureInfo.InvariantCulture, $"{name}{Labels(label, of)} {Number(value)}\n");
    }

    private void Head(string name, string type, string help) =>
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static string Labels(string label, string of) => label.Length == 0 ? "" : $"{{{label}=\"{Escape(of)}\"}}";

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => double.IsPositiveInfinity(value) ? "+Inf" : value.ToString("R", CultureInfo.InvariantCulture);
}
