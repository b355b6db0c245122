namespace TaxiCredit.Dispatch.Outbox.Channels;

/// <summary>
/// A group robot of WeCom (企业微信): 20 messages a minute, <c>errcode</c> 45009 beyond. developer.work.weixin.qq.com/document/path/91770.
/// </summary>
internal sealed class WecomChannel(HttpClient client, RobotSettings settings, TimeProvider time)
    : RobotChannel(ChannelName, client, settings, time, robot => AddressOf(robot, settings))
{
    public const string ChannelName = "wecom";
    public const string Section = "Outbox:Wecom";

    private const string Service = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send";

    private static Uri AddressOf(Robot robot, RobotSettings settings) =>
        new($"{settings.Address ?? Service}?key={Uri.EscapeDataString(SecretText.Read(robot.Key, robot.KeyFile))}");
}
