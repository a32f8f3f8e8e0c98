namespace CmEtl.Engine;

/// <summary>What a caller may do about an error. The names are those that leave the Lambda function as <c>CmEtl.&lt;Kind&gt;</c>.</summary>
public enum ErrorKind
{
    /// <summary>The same call may succeed later without any change.</summary>
    Transient,

    /// <summary>Somebody else holds the run or the chunk.</summary>
    Busy,

    /// <summary>The same call will fail again.</summary>
    Permanent,

    /// <summary>A setting, a privilege or reference data has to be corrected first.</summary>
    Configuration,
}
