namespace Firmware.Tests.Device;

/// <summary>Written by tests/Contract/make.py.</summary>
internal static class Golden
{
    public const string RatingRated4Topic = "tc/v1/d/disp-0001/rating";
    public const string RatingRated4 =
        "0f28cd8d16dc2817b6f4d35e1d94e162178caf8ff07e91020ccb36becc2d8994\n"
        + "{\"v\":1,\"topic\":\"tc/v1/d/disp-0001/rating\",\"rev\":1514822400,\"now\":1514822400,\"kind\":\"rated\","
        + "\"stars\":4,\"period\":\"2017-12\",\"driver\":\"d-0001\",\"from\":1514822400,\"until\":1517846400,\"hold\":3024000}";

    public const string RatingUnratedTopic = "tc/v1/d/disp-0001/rating";
    public const string RatingUnrated =
        "b8ce092a8595a837498e39ba7162c68fa4cd20ec38b6d6ef38acbf26ab62379e\n"
        + "{\"v\":1,\"topic\":\"tc/v1/d/disp-0001/rating\",\"rev\":1514822400,\"now\":1514822400,\"kind\":\"unrated\","
        + "\"driver\":\"d-0002\",\"from\":1514822400,\"until\":1517846400}";

    public const string RatingVacantTopic = "tc/v1/d/disp-0001/rating";
    public const string RatingVacant =
        "461993ffa2819ba144a4dfb7b694f2313ee994283b6e434ded21710fe58bb29d\n"
        + "{\"v\":1,\"topic\":\"tc/v1/d/disp-0001/rating\",\"rev\":1514822400,\"now\":1514822400,"
        + "\"kind\":\"vacant\"}";

    public const string ConfigGoodTopic = "tc/v1/d/disp-0001/config";
    public const string ConfigGood =
        "304eebe7a8179827e07023a72e8a081762876aa0c8a9856e22b8748c20df4cd4\n"
        + "{\"v\":1,\"topic\":\"tc/v1/d/disp-0001/config\",\"rev\":1514822400,\"now\":1514822400,\"heartbeat\":60,"
        + "\"day\":1000,\"night\":20,\"dayLux\":2000,\"nightLux\":5,\"epoch\":1}";

    public const string CmdSelftestTopic = "tc/v1/d/disp-0001/cmd";
    public const string CmdSelftest =
        "7c1484f2a0505624ff14e6b50dc33611bd62a0b830a2cc9b32f2c6db8a845271\n"
        + "{\"v\":1,\"topic\":\"tc/v1/d/disp-0001/cmd\",\"rev\":1514822400,\"now\":1514822400,\"do\":\"selftest\","
        + "\"exp\":1514822700}";

    public const string AckSomeTopic = "tc/v1/d/disp-0001/incidents/ack";
    public const string AckSome =
        "7219f4071a6ec416ef334cc7836f5c0f6a122dcfa551b9b94b2ec9af07fad8f4\n"
        + "{\"v\":1,\"topic\":\"tc/v1/d/disp-0001/incidents/ack\",\"now\":1514822400,\"journal\":\"00112233445566aa\","
        + "\"through\":12}";
}
