// What the device's link uses of nanoFramework.M2Mqtt 5.1: names, signatures and values are those of the library.
using System;

namespace nanoFramework.M2Mqtt.Messages
{
    internal enum MqttQoSLevel
    {
        AtMostOnce = 0,
        AtLeastOnce = 1,
        GrantedFailure = 128,
    }

    internal enum MqttReasonCode
    {
        Success = 0,
        ConnectionRefusedBadUserNameOrPassword = 4,
        ConnectionRefusedNotAuthorized = 5,
        UnspecifiedError = 128,
    }

    internal sealed class MqttMsgConnack
    {
        public MqttReasonCode ReturnCode { get; init; }
    }

    internal sealed class ConnectionOpenedEventArgs(MqttMsgConnack message) : EventArgs
    {
        public MqttMsgConnack Message { get; } = message;
    }

    internal sealed class MqttMsgPublishEventArgs(string topic, byte[] message) : EventArgs
    {
        public string Topic { get; } = topic;

        public byte[] Message { get; } = message;
    }

    internal sealed class MqttMsgPublishedEventArgs(ushort messageId, bool isPublished) : EventArgs
    {
        public ushort MessageId { get; } = messageId;

        public bool IsPublished { get; } = isPublished;
    }

    internal sealed class MqttMsgSubscribedEventArgs(MqttQoSLevel[] granted) : EventArgs
    {
        public MqttQoSLevel[] GrantedQoSLevels { get; } = granted;
    }
}

namespace nanoFramework.M2Mqtt.Exceptions
{
    internal sealed class MqttCommunicationException(Exception? inner = null) : Exception("", inner);
}

namespace nanoFramework.M2Mqtt
{
    internal enum MqttSslProtocols
    {
        None = 0,
        TLSv1_2 = 3,
    }
}
