namespace CmEtl.Engine;

/// <summary>What a caller can do about an error. The Lambda function throws them as <c>CmEtl.&lt;Kind&gt;</c>.</summary>
public enum ErrorKind
{
    /// <summary>The same call may succeed later without a change.</summary>
    Transient,

    /// <summary>Another process holds the run or the chunk.</summary>
    Busy,

    /// <summary>The same call will fail again.</summary>
    Permanent,

    /// <summary>A setting, a privilege or reference data must be corrected first.</summary>
    Configuration,
}
