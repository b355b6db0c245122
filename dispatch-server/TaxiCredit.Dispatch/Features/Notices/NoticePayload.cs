using System.Text.Encodings.Web;
using System.Text.Json;

namespace TaxiCredit.Dispatch.Features.Notices;

/// <summary>What a channel is given of a notice: JSON with <c>subject</c> and <c>text</c>, Chinese as it is written.</summary>
internal static class NoticePayload
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(object told) => JsonSerializer.Serialize(told, Options);
}
